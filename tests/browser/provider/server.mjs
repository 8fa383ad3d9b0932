// A provider on this computer: node server.mjs PORT ADDRESS-TO-COME-BACK-TO SECRET. Whoever types a known
// name is signed in, whatever the password.
import Provider from "oidc-provider";

const [port, back, secret] = process.argv.slice(2);
const PEOPLE = {
  lan: { email: "lan@huyen.example", email_verified: true },
  "chua-xac-nhan": { email: "chi@huyen.example", email_verified: false },
  "can-bo-xa": { preferred_username: "can-bo-xa", groups: ["xa-huong-son"] },
  "nguoi-ngoai": { email: "ai@huyen.example", email_verified: true },
};
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: "dashboard",
      client_secret: secret,
      redirect_uris: [back],
      grant_types: ["authorization_code"],
      response_types: ["code"],
    },
  ],
  claims: { email: ["email", "email_verified"], profile: ["preferred_username", "groups"] },
  cookies: { keys: ["a key of tests"] },
  features: { devInteractions: { enabled: true } },
  pkce: { methods: ["S256"], required: () => true },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...PEOPLE[id] }) }),
});
provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
