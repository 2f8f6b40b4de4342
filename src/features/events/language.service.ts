import type { Context } from "../../platform/context.js";
import { badInput } from "../../platform/errors.js";
import { languageTag } from "../../platform/graphql/language.js";
import type { EventLanguageInput } from "./event.inputs.js";
import { type EventAnswer, withEvent } from "./event.lock.js";
import { canManage } from "./event.policy.js";
import { writeEvent } from "./event.write.js";

const most = 20;
const what = "edit this event";

/** Language tags as they are kept: in canonical form, each once. */
export const languagesOf = (tags: readonly string[] | null | undefined): string[] => [
  ...new Set((tags ?? []).map((tag) => languageTag(tag)).filter((tag) => tag !== null)),
];

/** Says that a language is spoken at the event. */
export const addEventLanguage = (ctx: Context, input: EventLanguageInput): Promise<EventAnswer> =>
  withEvent(ctx, "addEventLanguage", input, what, canManage, async (tx, event) => {
    const languages = languagesOf([...event.languages, input.language]);
    if (languages.length > most)
      throw badInput("input.language", `would be one too many: an event has at most ${most}`);
    await writeEvent(tx, event, { languages });
  });

/** Says that a language is not spoken there after all. */
export const removeEventLanguage = (ctx: Context, input: EventLanguageInput): Promise<EventAnswer> =>
  withEvent(ctx, "removeEventLanguage", input, what, canManage, async (tx, event) => {
    const [gone] = languagesOf([input.language]);
    await writeEvent(tx, event, { languages: event.languages.filter((language) => language !== gone) });
  });
