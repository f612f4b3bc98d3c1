import pg from "pg";

let made = 0;

/**
 * Where a test file keeps its platform: in memory, or, when AXLAB_TEST_POSTGRES names a server (`npm run test:postgres`), in a new
 * database there.
 */
export async function testDatabase(): Promise<string> {
  const server = process.env["AXLAB_TEST_POSTGRES"];
  if (server === undefined) return "memory";
  made += 1;
  const name = `axlab_${process.pid}_${made}_${Date.now()}`;
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(`create database ${name}`);
  } finally {
    await client.end();
  }
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
