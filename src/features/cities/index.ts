export { City } from "./city.js";
export { cityShape } from "./city.shape.js";
export { loadGazetteer } from "./gazetteer.js";
export { type CityFinder, kmBetween, namedIn, namesOf, nearKm, openCityFinder, type Point } from "./city.finder.js";
