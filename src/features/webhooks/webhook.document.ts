import { GraphQLError } from "graphql";
import type { LiveDocument } from "../../platform/changes/document.js";
import type { Services } from "../../platform/context.js";
import { badInput, ErrorReason, type FieldFault, Refusal } from "../../platform/errors.js";
import { refusalsOf } from "../../platform/limits/query.js";

interface Asked {
  personId: string;
  document: string;
  variables: string;
}

/** What a document asks for; null when whoever made the webhook is gone. Throws why it is not admitted. */
export const liveOf = ({ live }: Pick<Services, "live">, { document, variables, personId }: Asked) =>
  live.ofPerson({ query: document, variables: JSON.parse(variables) as Record<string, unknown> }, personId);

/** The same of an input, whose fields are named in what is refused. */
export async function admitted(services: Services, asked: Asked): Promise<LiveDocument> {
  checkVariables(asked.variables);
  const found = await liveOf(services, asked).catch((error: unknown) => {
    throw ofInput(error);
  });
  if (!found) throw new Refusal("UNAUTHENTICATED", "This account is gone.");
  return found;
}

function checkVariables(text: string): void {
  try {
    const value: unknown = JSON.parse(text);
    if (value !== null && typeof value === "object" && !Array.isArray(value)) return;
  } catch {
    // Said below.
  }
  throw badInput("input.variables", 'must be a JSON object, such as {"campaignId": "…"}');
}

/** Refused for what the viewer may not, not for how it is said. */
const ofRights = ["UNAUTHENTICATED", "FORBIDDEN", "NOT_FOUND"];

/** Whether something was refused for good reasons, not for a bad day. */
export const isRefused = (thrown: unknown): boolean =>
  refusalsOf(thrown).every((one) => one instanceof GraphQLError && "code" in one.extensions);

export const isForbidden = (thrown: unknown): boolean =>
  thrown instanceof Refusal && ofRights.includes(String(thrown.extensions["code"]));

function ofInput(thrown: unknown): unknown {
  if (!isRefused(thrown) || isForbidden(thrown)) return thrown;
  const refusals = refusalsOf(thrown) as GraphQLError[];
  const fields = refusals.flatMap(faultsOf);
  const reason = refusals[0]!.extensions["reason"] as ErrorReason | undefined;
  return new Refusal("BAD_USER_INPUT", fields.map((fault) => `${fault.path}: ${fault.reason}`).join("; "), {
    fields,
    ...(reason ? { reason } : {}),
  });
}

/** A fault in a value is one of the variables: the document has none of its own. */
function faultsOf({ message, extensions }: GraphQLError): FieldFault[] {
  const inner = extensions["fields"] as FieldFault[] | undefined;
  if (inner) return inner.map(({ path, reason }) => ({ path: "input.variables", reason: `${path}: ${reason}` }));
  const several = extensions["code"] === "OPERATION_RESOLUTION_FAILURE";
  return [{ path: "input.document", reason: several ? "must hold one operation: a subscription" : message }];
}
