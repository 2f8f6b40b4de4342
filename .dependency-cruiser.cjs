/** The borders of docs/architecture.md, as rules. */
const features = [
  "cities",
  "people",
  "letters",
  "organizations",
  "campaigns",
  "events",
  "announcements",
  "coverage",
  "rsvps",
  "qualifications",
  "shifts",
  "covers",
  "duty",
  "dispatch",
  "staffing",
  "calendars",
  "turnout",
  "feeds",
  "map",
  "imports",
  "audits",
  "changes",
  "keys",
  "webhooks",
];

const upward = features.map((feature, index) => ({
  name: `no-upward-import-from-${feature}`,
  comment: "A feature imports lower features only.",
  severity: "error",
  from: { path: `^src/features/${feature}/` },
  to: { path: `^src/features/(${features.slice(index + 1).join("|") || "none"})/` },
}));

module.exports = {
  forbidden: [
    { name: "no-cycle", severity: "error", from: {}, to: { circular: true } },
    {
      name: "app-is-the-top",
      severity: "error",
      from: { pathNot: "^(src/(app|main|admin|generate)|ormconfig|test|bench)" },
      to: { path: "^src/app/" },
    },
    {
      name: "platform-knows-no-noun",
      severity: "error",
      from: { path: "^src/platform/" },
      to: { path: "^src/(features|app)/" },
    },
    {
      name: "front-doors-only",
      comment: "Another feature is entered through its index.ts.",
      severity: "error",
      from: { path: "^src/features/([^/]+)/" },
      to: { path: "^src/features/[^/]+/.+", pathNot: ["^src/features/$1/", "/index\\.ts$"] },
    },
    {
      name: "front-doors-have-no-resolvers",
      severity: "error",
      from: { path: "^src/features/[^/]+/index\\.ts$" },
      to: { path: "\\.resolver\\.ts$" },
    },
    { name: "not-to-unresolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
    {
      name: "no-dev-dependency-in-src",
      severity: "error",
      from: { path: "^(src|migrations|ormconfig)" },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg"], dependencyTypesNot: ["type-only"] },
    },
    ...upward,
  ],
  options: {
    parser: "swc",
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["require", "node", "default", "types"] },
  },
};
