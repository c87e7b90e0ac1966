// Holds each object of the YAML files that are named against the schema of its kind: that nothing is
// missing or of a wrong type, by the schema, and that no field is unknown, by the compiler.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";

const packages = {
  "kafka.strimzi.io": "@kubernetes-models/strimzi-kafka-operator",
  "postgresql.cnpg.io": "@kubernetes-models/cloudnative-pg",
  "monitoring.coreos.com": "@kubernetes-models/prometheus-operator",
  "keda.sh": "@kubernetes-models/keda",
  "gateway.networking.k8s.io": "@kubernetes-models/gateway-api",
  "external-secrets.io": "@kubernetes-models/external-secrets",
};

const objects = process.argv.slice(2).flatMap((file) =>
  parseAllDocuments(readFileSync(file, "utf8"))
    .map((document) => document.toJS({ intAsBigInt: false }))
    .filter((object) => object?.kind && object.kind !== "Kustomization")
    .map((object) => ({ file, object })),
);
if (objects.length === 0) {
  throw new Error("no object was found");
}

let faults = 0;
const lines = [];
for (const [index, { file, object }] of objects.entries()) {
  const { apiVersion, kind, metadata } = object;
  const group = apiVersion.includes("/") ? apiVersion.split("/")[0] : "";
  const module = `${packages[group] ?? "kubernetes-models"}/${apiVersion}/${kind}`;
  try {
    const { [kind]: Model } = await import(module);
    new Model(object).validate();
  } catch (fault) {
    faults++;
    console.error(`${file}: ${kind} ${metadata?.name}: ${fault.message}`);
  }
  lines.push(
    `// ${file}: ${kind} ${metadata?.name}`,
    `import type { I${kind} as T${index} } from "${module}";`,
    `export const o${index}: T${index} = ${JSON.stringify(object)};`,
  );
}
writeFileSync("objects.ts", lines.join("\n") + "\n");
try {
  execFileSync(
    "node_modules/.bin/tsc",
    ["--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext", "objects.ts"],
    { encoding: "utf8" },
  );
} catch (failure) {
  faults++;
  console.error(failure.stdout);
}
console.log(`${objects.length} objects, ${faults} faults`);
process.exit(faults === 0 ? 0 : 1);
