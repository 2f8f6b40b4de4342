import { isEmail } from "class-validator";
import { Campaign, CampaignStaff, CampaignStatus } from "../features/campaigns/index.js";
import {
  insertOrganization,
  Membership,
  MembershipRole,
  Organization,
  OrganizationKind,
} from "../features/organizations/index.js";
import { accessEnded, findPerson, personWith, SiteStaff } from "../features/people/index.js";
import { verifyTurnouts } from "../features/turnout/index.js";
import { ConfigFault } from "../platform/config.js";
import { newContext, type Services } from "../platform/context.js";
import { newId } from "../platform/database/ids.js";
import { transact, type Transaction } from "../platform/database/transact.js";

type Options = Record<string, string>;

/** One command of `npm run admin`. */
export interface AdminCommand {
  options: string[];
  what: string;
  /** What to print; what it throws is printed as the reason of its failure. */
  run(services: Services, options: Options): Promise<string>;
}

/** What an operator does before there is anybody who could do it through the API. */
export const adminCommands: Record<string, AdminCommand> = {
  verify: {
    options: [],
    what: "Counts all turnout again, also while reports come in; names each number that is not what its reports come to.",
    run: async (services) => {
      const { events, faults } = await verifyTurnouts(services);
      if (faults.length > 0) throw new Error(faults.join("\n"));
      return `${events} events: every number is what its reports come to.`;
    },
  },
  "create-campaign": command(
    ["slug", "title", "date"],
    "Makes a campaign of one day (YYYY-MM-DD), open at once.",
    async (tx, { slug, title, date }) => {
      if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug!))
        throw new ConfigFault(["--slug: must be lower-case letters and digits, joined with hyphens"]);
      if (!/^\d{4}-\d\d-\d\d$/.test(date!) || Number.isNaN(Date.parse(date!)))
        throw new ConfigFault(["--date: must be a day, as YYYY-MM-DD"]);
      if (await tx.db.existsBy(Campaign, { slug: slug! }))
        throw new ConfigFault([`--slug: there is a campaign "${slug}" already`]);
      await tx.db.insert(Campaign, {
        id: newId(),
        slug: slug!,
        title: title!,
        startsOn: date!,
        endsOn: date!,
        status: CampaignStatus.OPEN,
        createdAt: tx.now(),
      });
      return `Campaign ${slug} made.`;
    },
  ),
  "create-organization": command(
    ["slug", "name", "kind"],
    `Makes an organization; kind is one of ${Object.keys(OrganizationKind).join(", ")}.`,
    async (tx, { slug, name, kind }) => {
      if (!Object.hasOwn(OrganizationKind, kind!))
        throw new ConfigFault([`--kind: must be one of ${Object.keys(OrganizationKind).join(", ")}`]);
      if (await tx.db.existsBy(Organization, { slug: slug! }))
        throw new ConfigFault([`--slug: there is an organization "${slug}" already`]);
      await insertOrganization(tx, { slug: slug!, name: name!, kind: kind as OrganizationKind });
      return `Organization ${slug} made.`;
    },
  ),
  "add-staff": command(
    ["email", "campaign"],
    "Makes a person staff of a campaign (its slug).",
    async (tx, { email, campaign }) => {
      const campaignId = await idOf(tx, Campaign, campaign!, "campaign");
      await tx.db.upsert(CampaignStaff, { campaignId, personId: await personWith(tx, address(email)) }, [
        "campaignId",
        "personId",
      ]);
      return `Now staff of ${campaign}: sign in with that address.`;
    },
  ),
  "remove-staff": command(
    ["email", "campaign"],
    "Ends that, at once: requests are refused and subscriptions end.",
    async (tx, { email, campaign }) => {
      const campaignId = await idOf(tx, Campaign, campaign!, "campaign");
      const personId = await findPerson(tx, address(email));
      if (!personId) return "Nobody has that address.";
      await tx.db.delete(CampaignStaff, { campaignId, personId });
      accessEnded(tx, personId);
      return `No longer staff of ${campaign}.`;
    },
  ),
  "add-site-staff": command(
    ["email"],
    "Makes a person staff of the whole site: they verify organizations and make campaigns.",
    async (tx, { email }) => {
      const personId = await personWith(tx, address(email));
      await tx.db.upsert(SiteStaff, { personId }, ["personId"]);
      accessEnded(tx, personId);
      return "Now staff of the site: sign in with that address.";
    },
  ),
  "remove-site-staff": command(["email"], "Ends that, at once.", async (tx, { email }) => {
    const personId = await findPerson(tx, address(email));
    if (!personId) return "Nobody has that address.";
    await tx.db.delete(SiteStaff, { personId });
    accessEnded(tx, personId);
    return "No longer staff of the site.";
  }),
  "add-member": command(
    ["email", "organization", "role"],
    "Makes a person OWNER, ADMIN or MEMBER of an organization (its slug).",
    async (tx, { email, organization, role }) => {
      if (!Object.hasOwn(MembershipRole, role!)) throw new ConfigFault(["--role: must be OWNER, ADMIN or MEMBER"]);
      const organizationId = await idOf(tx, Organization, organization!, "organization");
      const personId = await personWith(tx, address(email));
      const membership = { organizationId, personId, role: role as MembershipRole };
      if (await tx.db.existsBy(Membership, { organizationId, personId }))
        await tx.db.update(Membership, { organizationId, personId }, membership);
      else await tx.db.insert(Membership, { ...membership, since: tx.now() });
      accessEnded(tx, personId);
      return `Now ${role} of ${organization}: sign in with that address.`;
    },
  ),
};

function command(
  options: string[],
  what: string,
  recipe: (tx: Transaction, options: Options) => Promise<string>,
): AdminCommand {
  const run = (services: Services, given: Options): Promise<string> =>
    transact(newContext(services, { viewer: null, requestId: "admin", address: "" }), "admin", (tx) =>
      recipe(tx, given),
    );
  return { options, what, run };
}

function address(email: string | undefined): string {
  if (!isEmail(email)) throw new ConfigFault(["--email: must be an e-mail address"]);
  return email as string;
}

async function idOf(
  tx: Transaction,
  noun: typeof Campaign | typeof Organization,
  slug: string,
  option: string,
): Promise<string> {
  const row = await tx.db.findOneBy<Campaign | Organization>(noun, { slug });
  if (!row) throw new ConfigFault([`--${option}: there is no ${option} with the slug "${slug}"`]);
  return row.id;
}
