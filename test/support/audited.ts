import { campaignCases } from "./audited/campaigns.js";
import { dutyCases } from "./audited/duty.js";
import { canary, type Acting, type Cases, maker, reason, type World } from "./audited/case.js";
import { swapCases } from "./audited/swaps.js";
import { dispatchCases } from "./audited/dispatch.js";
import { organizationCases } from "./audited/organizations.js";
import { planCases } from "./audited/plans.js";
import { reportCases } from "./audited/reports.js";
import { qualificationCases } from "./audited/qualifications.js";
import { turnoutCases } from "./audited/turnouts.js";
import { ownCases } from "./audited/own.js";
import { webhookCases } from "./audited/webhooks.js";

/** Who comes to an event, follows it, or has pledged, is written nowhere for ever. */
const unseen = ["rsvp", "confirmRsvp", "cancelRsvp", "followEvent", "unfollowEvent", "pledge"];

/** Mutations of which the audit trail tells nothing: whoever does them does it to nobody but themselves. */
export const unaudited = [
  "requestSignInCode",
  "signIn",
  "signOut",
  "updatePeacekeeper",
  // It changes nothing.
  "testWebhook",
  ...unseen,
];

/** For every other mutation a case: a new mutation needs a line here, and its entry in the audit trail. */
export function auditCases(world: World): Cases {
  const { a, as, clock } = world;
  type Fields = Parameters<typeof a.event>[0];

  /** An event, those who decide on it, and inputs about it. */
  async function rally(fields: Fields = {}) {
    const [campaign, host] = [await a.campaign(), await a.organization()];
    const event = await a.event({ campaign, host, ...fields });
    const of = (more: object = {}) => ({ eventId: event.id, ...more });
    return { campaign, host, event, of, lead: await a.admin(host), staff: await a.staff(campaign) };
  }
  const idIn = maker({ as });
  const waiting = { review: "IN_REVIEW" as never, waitingSince: clock.now };
  const byLead = (more: object, fields?: Fields) => async (): Promise<Acting> => {
    const { lead, of } = await rally(fields);
    return { by: lead, input: of(more) };
  };
  const byStaff = (more: object) => async (): Promise<Acting> => {
    const { staff, of } = await rally(waiting);
    return { by: staff, input: of(more) };
  };
  const coHosting = (status: "invited" | "new", by: "lead" | "other") => async (): Promise<Acting> => {
    const { event, lead, of } = await rally();
    const organization = await a.organization();
    if (status === "invited") await a.invited(event, organization);
    return { by: by === "lead" ? lead : await a.admin(organization), input: of({ organizationId: organization.id }) };
  };
  const request =
    (more: object = {}) =>
    async (): Promise<Acting> => {
      const event = await a.event();
      const claim = { shiftId: await a.shift({ event, ...soon }) };
      return {
        by: await a.coordinator(event),
        input: { signupId: await idIn(await a.person(), "claimShift", "signup", claim), ...more },
      };
    };
  const hours = { role: "MARSHAL", startsAt: "2026-01-23T11:00", endsAt: "2026-01-23T13:00", capacity: 5 };
  const soon = { startsAt: new Date("2026-01-23T18:10:00Z") };
  const over = { startsAt: new Date("2026-01-23T15:00:00Z"), endsAt: new Date("2026-01-23T18:00:00Z") };
  const link = { kind: "PHOTO", url: `https://news.example/${canary}`, title: canary, publisher: canary };

  return {
    ...organizationCases(world),
    ...campaignCases(world),
    ...swapCases(world),
    ...dutyCases(world),
    ...qualificationCases(world),
    ...planCases(world),
    ...ownCases(world),
    ...webhookCases(world),
    ...turnoutCases(world),
    draftEvent: async () => {
      const [campaign, host] = [await a.campaign(), await a.organization()];
      const place = { cityId: (await a.city()).globalId, venue: canary, addressLines: [canary], description: canary };
      const input = { campaignId: campaign.id, organizationId: host.id, type: "RALLY", title: canary, ...place };
      return { by: await a.admin(host), input: { ...input, startsOn: "2026-01-23" }, makes: true };
    },
    submitEvent: byLead({}, { review: "DRAFT" as never }),
    editEvent: byLead({ version: 1, title: canary, venue: canary, accessibilityNotes: canary }),
    addEventLanguage: byLead({ language: "es" }),
    removeEventLanguage: byLead({ language: "es" }, { languages: ["es"] }),
    addEventIdentifier: byLead({ identifier: `mobilize:${canary}` }),
    removeEventIdentifier: async () => {
      const { lead, of } = await rally();
      const identifier = of({ identifier: `mobilize:${canary}` });
      await as(lead).call("addEventIdentifier", identifier);
      return { by: lead, input: identifier };
    },
    approveEvent: byStaff({}),
    requestEventChanges: byStaff({ note: canary }),
    rejectEvent: byStaff({ reason }),
    takeReview: byStaff({}),
    releaseReview: async () => {
      const { staff, of } = await rally(waiting);
      await as(staff).call("takeReview", of(), "__typename");
      return { by: staff, input: of() };
    },
    rescheduleEvent: byLead({ version: 1, startsOn: "2026-01-30", reason }),
    postponeEvent: byLead({ reason }),
    moveEventOnline: byLead({ onlineUrl: `https://meet.example.org/${canary}`, reason }),
    markEventTentative: byLead({ tentative: true, reason }),
    cancelEvent: byLead({ reason }),
    deleteEvent: byLead({ reason }),
    mergeEvent: async () => {
      const { campaign, host, lead, of } = await rally();
      return { by: lead, input: of({ intoEventId: (await a.event({ campaign, host })).id }) };
    },
    copyEvent: async () => ({ ...(await byLead({ startsOn: "2026-02-06" }, { title: canary })()), makes: true }),
    repeatEvent: async () => ({ ...(await byLead({ dates: ["2026-01-30"] }, { title: canary })()), makes: true }),
    inviteCoHost: coHosting("new", "lead"),
    acceptCoHosting: coHosting("invited", "other"),
    declineCoHosting: coHosting("invited", "other"),
    removeCoHost: coHosting("invited", "lead"),
    assignEventRole: byLead({ email: `${canary}@rallygraph.example`, role: "REPORTER" }),
    removeEventRole: async () => {
      const { event, lead, of } = await rally();
      return { by: lead, input: of({ email: (await a.reporter(event)).email, role: "REPORTER" }) };
    },
    announce: async () => ({ ...(await byLead({ subject: canary, text: canary })()), makes: true }),
    removeAnnouncement: async () => {
      const { lead, of } = await rally();
      const words = of({ subject: canary, text: canary });
      return { by: lead, input: { announcementId: await idIn(lead, "announce", "announcement", words) } };
    },
    addCoverage: async () => {
      const hidden = await a.event({ visibility: "PRIVATE" as never });
      const { of } = await rally();
      const refused = { input: { ...link, eventId: hidden.id } };
      return { by: await a.person(), input: of(link), refused, unnamed: true };
    },
    acceptCoverage: async () => {
      const { lead, of } = await rally();
      return { by: lead, input: { coverageId: await idIn(await a.person(), "addCoverage", "coverage", of(link)) } };
    },
    removeCoverage: async () => {
      const { lead, of } = await rally();
      return { by: lead, input: { coverageId: await idIn(lead, "addCoverage", "coverage", of(link)) } };
    },
    setRsvpLimit: byLead({ limit: 20 }),
    openShift: async () => ({ ...(await byLead(hours)()), makes: true }),
    claimShift: async () => ({
      by: await a.peacekeeper(),
      input: { shiftId: await a.shift(soon) },
      refused: { input: { shiftId: await a.shift(over) } },
      unnamed: true,
    }),
    releaseShift: async () => {
      const [by, shiftId] = [await a.peacekeeper(), await a.shift(soon)];
      await as(by).call("claimShift", { shiftId }, "__typename");
      return { by, input: { shiftId }, unnamed: true };
    },
    confirmSignup: request(),
    declineSignup: request({ reason }),
    startImport: async () => {
      const { campaign, staff } = await rally();
      return { by: staff, input: { campaignId: campaign.id, format: "CROWD_COUNTS" }, makes: true };
    },
    ...dispatchCases(world),
    ...reportCases(world),
    reportTurnout: async () => ({ ...(await byLead({ count: 5, words: canary })()), makes: true }),
  };
}
