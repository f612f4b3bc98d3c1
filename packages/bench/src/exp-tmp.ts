import { ArizeClient } from "@axlab/sdk";
const [url="",apiKey="",spaceId=""]=process.argv.slice(2);
const client = new ArizeClient({ baseUrl: url, apiKey, spaceId });
const N=10000;
const examples = Array.from({ length: N }, (_, n) => ({ question: `question ${n}`, answer: `answer ${n}` }));
const { id } = await client.datasets.create({ name: "bench"+Math.random(), examples, via: "rest" });
for (let i=0;i<4;i++){
const c0=process.cpuUsage(); const t=performance.now();
await client.experiments.run({name:"e"+Math.random(),dataset:id,concurrency:64,traces:false,print:false,task:async({question}:any)=>{await new Promise(r=>setTimeout(r,5));return question;},evaluators:{right:()=>true}});
const c=process.cpuUsage(c0); console.log(Math.round(performance.now()-t),"ms; sdk cpu",Math.round((c.user+c.system)/1000));
}
await client.close();
