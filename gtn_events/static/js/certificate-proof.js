// Checks the proof in a certificate's file as certificates/proof/checking.py does: nothing is sent, nothing unpacked.
const BEGIN = '{"certificate":{';
const LARGEST_FILE = 20 * 2 ** 20;
const LARGEST_PROOF = 64 * 2 ** 10;
// Whoever has a proof can put it into a file of their own: one that says nothing of its file leaves that open.
const UNKNOWN = ["no-proof", "too-large", "file-untold"];
const GOOD = ["signed", "file-same", "stands", "no-page", "no-list"];
// Nothing covers what else a proof would hold: a page could be hidden there, which readers of broken PDFs find.
const PARTS = ["certificate,format,key,signature", "certificate,file,format,key,signature"];
const LETTERS = /^[\w-]+$/;
const text = new TextEncoder();

// RFC 8785 for what proofs hold: texts, whole numbers, lists, objects.
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const parts = Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${parts.join(",")}}`;
}

function decoded(letters) {
  const binary = atob(letters.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}

function encoded(buffer) {
  const letters = btoa(String.fromCharCode(...new Uint8Array(buffer)));
  return letters.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

const hash = (bytes) => crypto.subtle.digest("SHA-256", bytes).then(encoded);
const imported = ({ x }) =>
  crypto.subtle.importKey("jwk", { kty: "OKP", crv: "Ed25519", x }, { name: "Ed25519" }, false, ["verify"]);

export async function canCheck() {
  try {
    await imported({ x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" });
    return true;
  } catch {
    return false;
  }
}

async function signedBy(key, signature, content) {
  const data = text.encode(canonical(content));
  return crypto.subtle.verify({ name: "Ed25519" }, await imported(key), decoded(signature), data);
}

// What the published file calls a key does not count: its name is made from the key itself.
async function named(keys) {
  const names = keys.map(({ x }) => hash(text.encode(canonical({ crv: "Ed25519", kty: "OKP", x }))));
  return new Map((await Promise.all(names)).map((name, at) => [name, keys[at]]));
}

function placeOf(bytes) {
  const all = new TextDecoder("latin1").decode(bytes);
  const begin = all.startsWith(BEGIN) ? 0 : all.indexOf(`stream\n${BEGIN}`) + 7;
  if (begin === 6) return { problem: "no-proof" };
  const end = begin ? all.indexOf("\nendstream", begin) : bytes.length;
  const second = all.indexOf(`stream\n${BEGIN}`, begin) >= 0;
  return second || end < 0 || end - begin > LARGEST_PROOF ? { problem: "damaged" } : { begin, end };
}

function read(bytes, alone) {
  try {
    const read = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    const letters = alone ? read.replace(/\n+$/, "") : read;
    const proof = JSON.parse(letters);
    const encodedParts = [proof.key, proof.signature, ...("file" in proof ? Object.values(proof.file) : [])];
    const parts = PARTS.includes(Object.keys(proof).join()) &&
      (!("file" in proof) || Object.keys(proof.file).join() === "sha256,signature");
    const formats = proof.format === "gtn-proof-1" && proof.certificate.format === "gtn-certificate-1";
    const texts = typeof proof.certificate.serial === "string" && encodedParts.every((part) => LETTERS.test(part));
    if (!parts || !formats || !texts || canonical(proof) !== letters) return null;
    encodedParts.forEach(decoded);
    return proof;
  } catch {
    return null;
  }
}

async function ofFile(bytes, { begin, end }, proof, key) {
  if (!begin) return "no-page";
  if (!proof.file) return "file-untold";
  const rest = new Uint8Array(bytes.length - (end - begin));
  rest.set(bytes.subarray(0, begin));
  rest.set(bytes.subarray(end), begin);
  const sha256 = await hash(rest);
  const message = { format: "gtn-file-1", serial: proof.certificate.serial, sha256 };
  return sha256 === proof.file.sha256 && (await signedBy(key, proof.file.signature, message)) ? "file-same" : "file-changed";
}

async function lookedUp(statement, published, keys) {
  const key = published && keys.get(published.key);
  if (!key || key.withdrawn_at || !(await signedBy(key, published.signature, published.revocations))) return ["no-list"];
  const entry = published.revocations.certificates.find(([number]) => number === statement.listed_as);
  return entry ? [entry[2], entry[1]] : ["stands", published.revocations.listed_at.slice(0, 10)];
}

export async function checkFile(bytes, published, revocations) {
  const place = bytes.length > LARGEST_FILE ? { problem: "too-large" } : placeOf(bytes);
  const found = [];
  const told = (more = {}) => {
    const unknown = found.some((each) => UNKNOWN.includes(each));
    const bad = found.some((each) => !GOOD.includes(each) && !UNKNOWN.includes(each));
    return { found, verdict: bad ? "false" : unknown ? "unknown" : "genuine", ...more };
  };
  const proof = place.problem ? null : read(bytes.subarray(place.begin, place.end), !place.begin);
  if (!proof) {
    found.push(place.problem ?? "damaged");
    return told();
  }
  const keys = await named(published.keys);
  const key = keys.get(proof.key);
  if (!key) found.push("unknown-key");
  else if (key.withdrawn_at) found.push("withdrawn-key");
  else if (!(await signedBy(key, proof.signature, proof.certificate))) found.push("changed-facts");
  if (found.length) return told();
  const [state, on] = await lookedUp(proof.certificate, revocations, keys);
  found.push("signed", await ofFile(bytes, place, proof, key), state);
  return told({ statement: proof.certificate, kid: proof.key, on });
}
