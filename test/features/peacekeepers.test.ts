import { openWorld } from "../support/world.js";

const { a, as, server } = openWorld();

const fields = "peacekeeper { name phone onCall city { slug } }";
const set = (by: Parameters<typeof as>[0], input: object) => as(by).call("updatePeacekeeper", input, fields);

test.each([
  ["a number without its country code", { phone: "612 555 0123" }, "input.phone"],
  ["a number that cannot be", { phone: "+1 23" }, "input.phone"],
  ["an empty name", { name: " " }, "input.name"],
  ["a city that is none", { cityId: "city_00000000000000000000000000000000" }, "input.cityId"],
])("refuses %s, naming the field", async (_what, input, path) => {
  const reply = await set(await a.person(), input);
  expect(reply.code).toBe("BAD_USER_INPUT");
  expect(reply.fields?.map((field) => field.path)).toEqual([path]);
});

test("is for those who are signed in", async () => {
  expect((await set(undefined, { name: "Ada" })).code).toBe("UNAUTHENTICATED");
});

test("keeps what a person tells of themself; what is left out stays, null clears it", async () => {
  const person = await a.person();
  const mine = async () => (await as(person).run(`{ viewer { ${fields} } }`)).data.viewer.peacekeeper;
  expect(await mine()).toEqual({ name: null, phone: null, onCall: false, city: null });
  const cityId = (await a.city()).globalId;
  await set(person, { name: "Ada", phone: "+16125550123", onCall: true, cityId });
  await set(person, { name: "Ada L." });
  expect(await mine()).toEqual({
    name: "Ada L.",
    phone: "+16125550123",
    onCall: true,
    city: { slug: "minneapolis-mn" },
  });
  await set(person, { phone: null, cityId: null, onCall: null });
  expect(await mine()).toEqual({ name: "Ada L.", phone: null, onCall: true, city: null });
});

test("keeps names and numbers sealed", async () => {
  const person = await a.person();
  await set(person, { name: "Grace", phone: "+16125550199" });
  const [row] = await server().services.db.query(
    "SELECT name_sealed AS name, phone_sealed AS phone FROM peacekeepers WHERE person_id = $1",
    [person.id],
  );
  expect(row.name.toString()).not.toContain("Grace");
  expect(row.phone.toString()).not.toContain("5550199");
});
