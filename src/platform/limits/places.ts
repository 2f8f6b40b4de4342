import { type FragmentDefinitionNode, type OperationDefinitionNode, visit } from "graphql";

/** Where an operation uses each of its variables: `input`, or `input.eventId`; the first place, where there are several. */
export function placesOf(
  operation: OperationDefinitionNode,
  fragments: Record<string, FragmentDefinitionNode>,
): Map<string, string> {
  const places = new Map<string, string>();
  for (const part of [operation, ...Object.values(fragments)]) {
    const way: string[] = [];
    const named = {
      enter: (node: { name: { value: string } }) => void way.push(node.name.value),
      leave: () => void way.pop(),
    };
    visit(part, {
      VariableDefinition: () => false,
      Argument: named,
      ObjectField: named,
      Variable: ({ name }) => {
        if (way.length > 0 && !places.has(name.value)) places.set(name.value, way.join("."));
      },
    });
  }
  return places;
}
