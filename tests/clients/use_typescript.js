// Read a public table with the client that openapi-generator makes for TypeScript, and print its cells by code.
import { Configuration, StatisticsApi } from "./made/index.js";

const statistics = new StatisticsApi(new Configuration({ basePath: process.argv[2] }));
const table = await statistics.readTable({ datasetId: "persons", by: ["gender"], year: "2023" });
const places = Object.entries(table.dimension.gender.category.index);
console.log(JSON.stringify(Object.fromEntries(places.map(([code, place]) => [code, table.value[place]]))));
