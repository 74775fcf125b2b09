// Judges tokens with Microsoft's own connector library. The first line in is the address of the OpenID configuration and the app id, each further one a token and
// the address of the activity that it came with; a line out is `yes` or the reason why not.
import { createInterface } from "node:readline";
import { createRequire } from "node:module";

const { AuthenticationConfiguration, AuthenticationConstants, ChannelValidation, SimpleCredentialProvider } = createRequire(import.meta.url)("botframework-connector");
let credentials;
for await (const line of createInterface({ input: process.stdin })) {
  const [first, second] = JSON.parse(line);
  if (!credentials) {
    ChannelValidation.OpenIdMetadataEndpoint = first;
    credentials = new SimpleCredentialProvider(second, "");
    console.log(JSON.stringify("ready"));
    continue;
  }
  try {
    await ChannelValidation.authenticateChannelTokenWithServiceUrl(first ? `Bearer ${first}` : "", credentials, second, "msteams");
    console.log(JSON.stringify("yes"));
  } catch (why) {
    console.log(JSON.stringify(String(why.message ?? why)));
  }
}
