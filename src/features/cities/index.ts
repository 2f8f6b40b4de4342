export { City } from "./city.js";
export { cityShape } from "./city.shape.js";
export { loadGazetteer } from "./gazetteer.js";
