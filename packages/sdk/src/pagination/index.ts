export { Paged, pagedWithin, type Envelope, type ListOptions, type Page } from "./paged.js";
