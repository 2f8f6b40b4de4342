import {
  getNamedType,
  GraphQLError,
  type GraphQLInputType,
  NoSchemaIntrospectionCustomRule,
  specifiedRules,
  type ValidationContext,
  type ValidationRule,
  ValuesOfCorrectTypeRule,
} from "graphql";
import { isPlain, notPlain } from "./plain.js";
import { reasonOf } from "./variables.js";

/** graphql-js quotes a literal that is wrong; this says what would be right instead. */
const valuesOfCorrectType: ValidationRule = (context) => {
  const reportError = ({ message, nodes }: GraphQLError): void => {
    // A field that the schema lacks has no type: its input object knows what there is.
    const type = context.getInputType() ?? getNamedType(context.getParentInputType());
    context.reportError(new GraphQLError(`A value ${reasonOf(message, type as GraphQLInputType)}.`, { nodes }));
  };
  const reworded = Object.create(context, { reportError: { value: reportError } }) as ValidationContext;
  return ValuesOfCorrectTypeRule(reworded);
};

const plainTexts: ValidationRule = (context) => ({
  StringValue(node) {
    if (!isPlain(node.value)) context.reportError(new GraphQLError(`A text ${notPlain}.`, { nodes: node }));
  },
});

/** What documents are validated by: the specification's rules, in words that repeat no value. */
export const rules = (introspection: boolean): ValidationRule[] => [
  ...specifiedRules.map((rule) => (rule === ValuesOfCorrectTypeRule ? valuesOfCorrectType : rule)),
  plainTexts,
  ...(introspection ? [] : [NoSchemaIntrospectionCustomRule]),
];
