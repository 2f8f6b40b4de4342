import { readNode } from "../../platform/graphql/node.js";
import {
  type Connection,
  connection,
  extend,
  list,
  one,
  type Scope,
  shape,
  type Sql,
} from "../../platform/reading/shape.js";
import { organizationShape } from "../organizations/index.js";
import { ofVisibleCampaign, staffOf } from "./campaign.policy.js";
import { campaignOfRow, campaignShape } from "./campaign.shape.js";
import { adminOf, ofVisibleOrganization, sideOf, wasEndorsed } from "./endorsement.policy.js";

const stepShape = shape("EndorsementStep");

export const endorsementShape = readNode("Endorsement", {
  table: "endorsements",
  visible: (row, scope) =>
    `${ofVisibleCampaign(row, scope)} AND ${ofVisibleOrganization(row, scope)} AND (${wasEndorsed(row)} OR ${sideOf(row, scope)})`,
  fields: {
    status: (row, scope) =>
      `CASE WHEN ${row}.status = 'ENDORSED' OR ${sideOf(row, scope)} THEN ${row}.status ELSE 'WITHDRAWN' END`,
    organization: one({
      shape: () => organizationShape,
      from: (row, parent) => ({ table: `organizations ${row}`, where: [`${row}.id = ${parent}.organization_id`] }),
    }),
    campaign: campaignOfRow,
    history: list({
      shape: () => stepShape,
      order: (row) => `${row}.number`,
      from: (row, parent, scope) => ({
        table: `endorsement_steps ${row}`,
        where: [
          `${row}.endorsement_id = ${parent}.id`,
          `(${row}.status IN ('ENDORSED', 'WITHDRAWN') OR ${sideOf(parent, scope)})`,
        ],
      }),
    }),
  },
});

const organizationName = (row: string): Sql =>
  `(SELECT o.name FROM organizations o WHERE o.id = ${row}.organization_id)`;
const campaignDay = (row: string): Sql => `(SELECT c.starts_on FROM campaigns c WHERE c.id = ${row}.campaign_id)`;
const withoutYes = (row: string): Sql => `${row}.status IN ('INVITED', 'DECLINED')`;

const ofCampaign = (condition: (row: string, parent: string, scope: Scope) => Sql): Connection =>
  connection({
    shape: () => endorsementShape,
    order: [{ sql: organizationName, type: "text" }],
    from: (row, parent, scope) => ({
      table: `endorsements ${row}`,
      where: [`${row}.campaign_id = ${parent}.id`, condition(row, parent, scope), ofVisibleOrganization(row, scope)],
    }),
  });

extend(campaignShape, {
  endorsements: ofCampaign((row) => `${row}.status = 'ENDORSED'`),
  formerEndorsements: ofCampaign((row) => `${row}.status <> 'ENDORSED' AND ${wasEndorsed(row)}`),
  endorsementInvitations: ofCampaign(
    (row, parent, scope) => `${withoutYes(row)} AND ${staffOf(`${parent}.id`, scope)}`,
  ),
});

const ofOrganization = (condition: (row: string, parent: string, scope: Scope) => Sql): Connection =>
  connection({
    shape: () => endorsementShape,
    order: [{ sql: campaignDay, type: "date" }],
    descending: true,
    from: (row, parent, scope) => ({
      table: `endorsements ${row}`,
      where: [`${row}.organization_id = ${parent}.id`, condition(row, parent, scope), ofVisibleCampaign(row, scope)],
    }),
  });

extend(organizationShape, {
  endorsements: ofOrganization((row) => `${row}.status = 'ENDORSED'`),
  endorsementInvitations: ofOrganization(
    (row, parent, scope) => `${withoutYes(row)} AND ${adminOf(`${parent}.id`, scope)}`,
  ),
});
