import { z } from "zod";
import { DATASET, MODEL, type TourContext } from "../context.js";
import { prove } from "../proof.js";

const Answer = z.object({
  node: z.object({
    id: z.string(),
    name: z.string(),
    models: z.object({ edges: z.array(z.object({ node: z.object({ id: z.string(), name: z.string() }) })) }),
    datasets: z.object({ edges: z.array(z.object({ node: z.object({ id: z.string(), name: z.string() }) })) }),
  }),
});

const QUERY = /* GraphQL */ `
  query Tour($space: ID!, $model: String, $dataset: String) {
    node(id: $space) {
      ... on Space {
        id
        name
        models(search: $model, useExactSearchMatch: true, first: 10) {
          edges {
            node {
              id
              name
            }
          }
        }
        datasets(search: $dataset, first: 10) {
          edges {
            node {
              id
              name
            }
          }
        }
      }
    }
  }
`;

/** 5. The space, its models and its dataset by GraphQL and by REST: the same answers. */
export async function askEverywhere(tour: TourContext): Promise<void> {
  const { place, report, signal, service, datasetId } = tour;
  report.heading("5. The same by GraphQL and by REST");
  const { node } = Answer.parse(
    await service.graphql(QUERY, { space: place.spaceId, model: MODEL, dataset: DATASET }, { signal }),
  );
  const space = await service.spaces.get(place.spaceId, { signal });
  prove(node.id === space.id && node.name === space.name, "GraphQL and REST name the same space");
  const projects = await service.projects.list({ space: place.spaceId, name: MODEL }, { signal }).toArray();
  const [model] = projects.filter(({ name }) => name === MODEL);
  prove(model !== undefined && node.models.edges[0]?.node.id === model.id, "GraphQL and REST name the same model");
  const dataset = await service.datasets.get(datasetId, { signal });
  prove(
    node.datasets.edges.some((edge) => edge.node.id === dataset.id && edge.node.name === dataset.name),
    "GraphQL and REST name the same dataset",
  );
  report.proved(`space ${space.name}, model ${model.name} and dataset ${dataset.name} are the same in both`);
}
