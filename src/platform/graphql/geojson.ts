import { GraphQLError, GraphQLScalarType, valueFromASTUntyped } from "graphql";

/** Degrees east and degrees north, WGS 84: GeoJSON's order. */
export type Position = [longitude: number, latitude: number];

/** A GeoJSON LineString (RFC 7946). */
export interface LineString {
  type: "LineString";
  coordinates: Position[];
}

const isPosition = (value: unknown): value is Position =>
  Array.isArray(value) &&
  value.length === 2 &&
  value.every(Number.isFinite) &&
  Math.abs(value[0] as number) <= 180 &&
  Math.abs(value[1] as number) <= 90;

/** The line alone: RFC 7946 lets readers ignore foreign members. */
function lineString(value: unknown): LineString {
  const { type, coordinates } = (value ?? {}) as Record<string, unknown>;
  if (type !== "LineString" || !Array.isArray(coordinates))
    throw new GraphQLError('must be {"type": "LineString", "coordinates": [[-93.26, 44.98], [-93.25, 44.97]]}');
  if (coordinates.length < 2 || coordinates.length > 1_000) throw new GraphQLError("must have 2 to 1,000 positions");
  if (!coordinates.every(isPosition))
    throw new GraphQLError(
      "must have positions of two numbers: degrees east, -180 to 180, then degrees north, -90 to 90",
    );
  return { type, coordinates };
}

export const GeoJSONLineString = new GraphQLScalarType<LineString, LineString>({
  name: "GeoJSONLineString",
  description:
    'A line as GeoJSON, an object: {"type": "LineString", "coordinates": [[-93.26, 44.98], [-93.25, 44.97]]}. 2 to 1,000 positions, each of degrees east (-180 to 180) and degrees north (-90 to 90), WGS 84; other members are not kept.',
  specifiedByURL: "https://www.rfc-editor.org/rfc/rfc7946#section-3.1.4",
  serialize: (value) => value as LineString,
  parseValue: lineString,
  parseLiteral: (node) => lineString(valueFromASTUntyped(node)),
});
