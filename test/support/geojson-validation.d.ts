declare module "geojson-validation" {
  /** Whether it is GeoJSON; with `trace`, what is wrong with it. */
  export function valid(value: unknown, trace: true): string[];
}
