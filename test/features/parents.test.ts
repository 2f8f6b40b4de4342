import { openWorld, type Person } from "../support/world.js";

const { a, as } = openWorld();

interface Made {
  id: string;
}
const tie = (person: Person | undefined, mutation: string, local: Made, parent: Made) =>
  as(person).call(
    mutation,
    { organizationId: local.id, parentId: parent.id },
    "organization { id parent { id } pendingParent { id } } parent { id locals { nodes { id } } }",
  );

/** An organization with an admin who acts for it. */
async function group() {
  const made = await a.organization();
  return { ...made, admin: await a.admin(made) };
}
type Group = Awaited<ReturnType<typeof group>>;

async function join(local: Group, parent: Group): Promise<string | undefined> {
  const { reason } = await tie(local.admin, "requestParent", local, parent);
  return reason ?? (await tie(parent.admin, "acceptLocal", local, parent)).reason;
}

const seen = async (person: Person | undefined, local: Made, parent: Made) => {
  const ask = `query($l: ID!, $p: ID!) {
    local: node(id: $l) { ... on Organization { parent { id } pendingParent { id } } }
    parent: node(id: $p) { ... on Organization { locals { nodes { id } } pendingLocals { nodes { id } } } } }`;
  const { data } = await as(person).run(ask, { l: local.id, p: parent.id });
  return {
    accepted: data.local.parent?.id === parent.id && data.parent.locals.nodes.length === 1,
    pending: data.local.pendingParent?.id === parent.id && data.parent.pendingLocals.nodes.length === 1,
    nothing:
      data.local.parent === null &&
      data.local.pendingParent === null &&
      data.parent.locals.nodes.length + data.parent.pendingLocals.nodes.length === 0,
  };
};

test("lets admins of the local ask and admins of the parent answer, and nobody else", async () => {
  const [local, parent] = [await group(), await group()];
  const others = [await a.person(), await a.member(local), await a.member(parent), await a.siteStaff()];
  const codes = (mutation: string, people: (Person | undefined)[]) =>
    Promise.all(people.map(async (person) => (await tie(person, mutation, local, parent)).code));
  expect(await codes("requestParent", [undefined])).toEqual(["UNAUTHENTICATED"]);
  expect(new Set(await codes("requestParent", [...others, parent.admin]))).toEqual(new Set(["FORBIDDEN"]));
  expect(await tie(parent.admin, "acceptLocal", local, parent)).toMatchObject({ reason: "PARENT_NOT_REQUESTED" });
  expect(await codes("requestParent", [local.admin, local.admin])).toEqual(["OK", "OK"]);
  for (const mutation of ["acceptLocal", "declineLocal"])
    expect(new Set(await codes(mutation, [...others, local.admin]))).toEqual(new Set(["FORBIDDEN"]));
  expect(new Set(await codes("leaveParent", others))).toEqual(new Set(["FORBIDDEN"]));
  expect(await codes("acceptLocal", [parent.admin, parent.admin])).toEqual(["OK", "OK"]);
});

test("shows a tie to everybody once both want it, and before that to admins of either only", async () => {
  const [local, parent] = [await group(), await group()];
  const strangers = [undefined, await a.person(), await a.member(local), await a.siteStaff()];
  await tie(local.admin, "requestParent", local, parent);
  for (const person of strangers) expect(await seen(person, local, parent)).toMatchObject({ nothing: true });
  for (const person of [local.admin, parent.admin])
    expect(await seen(person, local, parent)).toMatchObject({ accepted: false, pending: true });
  await tie(parent.admin, "acceptLocal", local, parent);
  for (const person of [...strangers, local.admin])
    expect(await seen(person, local, parent)).toMatchObject({ accepted: true, pending: false });
});

test("lets the parent decline, and either side part; again is harmless", async () => {
  const [local, parent] = [await group(), await group()];
  await tie(local.admin, "requestParent", local, parent);
  for (let again = 0; again < 2; again++)
    expect((await tie(parent.admin, "declineLocal", local, parent)).code).toBe("OK");
  expect(await seen(local.admin, local, parent)).toMatchObject({ nothing: true });
  for (const side of [local.admin, parent.admin]) {
    expect(await join(local, parent)).toBeUndefined();
    expect(await tie(parent.admin, "declineLocal", local, parent)).toMatchObject({ reason: "PARENT_NOT_REQUESTED" });
    for (let again = 0; again < 2; again++) expect((await tie(side, "leaveParent", local, parent)).code).toBe("OK");
    expect(await seen(local.admin, local, parent)).toMatchObject({ nothing: true });
  }
});

test("replaces a request by another, and refuses a second parent", async () => {
  const [local, one, other] = [await group(), await group(), await group()];
  await tie(local.admin, "requestParent", local, one);
  await tie(local.admin, "requestParent", local, other);
  expect(await tie(one.admin, "acceptLocal", local, one)).toMatchObject({ reason: "PARENT_NOT_REQUESTED" });
  expect((await tie(other.admin, "acceptLocal", local, other)).code).toBe("OK");
  expect(await tie(local.admin, "requestParent", local, one)).toMatchObject({ code: "CONFLICT", reason: "HAS_PARENT" });
});

test("refuses a circle, also one that two requests at the same moment would close", async () => {
  const [top, middle, low] = [await group(), await group(), await group()];
  expect(await tie(top.admin, "requestParent", top, top)).toMatchObject({ reason: "PARENT_CIRCULAR" });
  await join(middle, top);
  await join(low, middle);
  expect(await tie(top.admin, "requestParent", top, low)).toMatchObject({ reason: "PARENT_CIRCULAR" });
  const [one, other] = [await group(), await group()];
  await tie(one.admin, "requestParent", one, other);
  await tie(other.admin, "requestParent", other, one);
  const replies = await Promise.all([
    tie(other.admin, "acceptLocal", one, other),
    tie(one.admin, "acceptLocal", other, one),
  ]);
  expect(replies.map(({ reason }) => reason).sort()).toEqual(["PARENT_CIRCULAR", undefined]);
});

test("refuses a sixth level, counted from the top to the lowest local", async () => {
  const chain = await Promise.all(Array.from({ length: 6 }, group));
  for (const [index, local] of chain.slice(1, 3).entries()) expect(await join(local, chain[index]!)).toBeUndefined();
  for (const index of [4, 5]) expect(await join(chain[index]!, chain[index - 1]!)).toBeUndefined();
  expect(await join(chain[3]!, chain[2]!)).toBe("PARENT_TOO_DEEP");
  await tie(chain[5]!.admin, "leaveParent", chain[5]!, chain[4]!);
  expect(await join(chain[3]!, chain[2]!)).toBeUndefined();
});

test("hides a tie with an organization that is not listed, and its existence", async () => {
  const [local, parent] = [await group(), await group()];
  const hidden = await a.organization({ status: "IN_REVIEW" as never });
  const owner = await a.owner(hidden);
  expect(await tie(local.admin, "requestParent", local, hidden)).toMatchObject({
    code: "NOT_FOUND",
    message: "There is no such organization.",
  });
  expect((await tie(owner, "requestParent", hidden, parent)).code).toBe("OK");
  expect(await tie(parent.admin, "acceptLocal", hidden, parent)).toMatchObject({ code: "NOT_FOUND" });
  const ask = "query($id: ID!) { node(id: $id) { ... on Organization { pendingLocals { nodes { id } } } } }";
  const { data } = await as(parent.admin).run(ask, { id: parent.id });
  expect(data.node.pendingLocals.nodes).toEqual([]);
});
