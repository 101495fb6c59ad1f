// A wallet that nobody here wrote takes what is offered: node wallet.mjs ADDRESS TRANSACTION_CODE [HOST:PORT]
//
// By @openid4vc/openid4vci, over TLS. Prints {credential, jwk} and, at each step, what was read; {error} where the issuer refuses.
// With HOST:PORT every name leads there, as a hosts file would have it; its certificate is still asked for the name.

import {createHash, randomBytes} from 'node:crypto';
import tls from 'node:tls';
import {Openid4vciClient} from '@openid4vc/openid4vci';
import {exportJWK, generateKeyPair, SignJWT} from 'jose';

const [offered, txCode, place] = process.argv.slice(2);
if (place) {
  const [host, port] = place.split(':');
  const {connect} = tls;
  tls.connect = (asked, ...rest) => connect({...asked, host, port}, ...rest);
}
const {privateKey, publicKey} = await generateKeyPair('ES256', {extractable: true});
const jwk = await exportJWK(publicKey);
const none = async () => {
  throw new Error('not needed here');
};
const client = new Openid4vciClient({
  callbacks: {
    fetch,
    hash: (data, algorithm) => createHash(algorithm.replace('-', '')).update(data).digest(),
    generateRandom: length => randomBytes(length),
    clientAuthentication: () => {},
    decryptJwe: none, encryptJwe: none, verifyJwt: none,
    signJwt: async (signer, {header, payload}) => ({
      jwt: await new SignJWT(payload).setProtectedHeader(header).sign(privateKey), signerJwk: jwk
    })
  }
});
try {
  const credentialOffer = await client.resolveCredentialOffer(offered);
  const issuerMetadata = await client.resolveIssuerMetadata(credentialOffer.credential_issuer);
  const {accessTokenResponse} = await client.retrievePreAuthorizedCodeAccessTokenFromOffer({credentialOffer, issuerMetadata, txCode});
  const {c_nonce: nonce} = await client.requestNonce({issuerMetadata});
  const [credentialConfigurationId] = credentialOffer.credential_configuration_ids;
  const {jwt} = await client.createCredentialRequestJwtProof({
    issuerMetadata, credentialConfigurationId, nonce, signer: {method: 'jwk', publicJwk: jwk, alg: 'ES256'}
  });
  const {credentialResponse} = await client.retrieveCredentials({
    issuerMetadata, credentialConfigurationId, accessToken: accessTokenResponse.access_token, proofs: {jwt: [jwt]}
  });
  const [{credential}] = credentialResponse.credentials;
  console.log(JSON.stringify({credential, jwk, version: issuerMetadata.originalDraftVersion}));
} catch(error) {
  const said = error.errorResponse?.error ?? error.response?.credentialErrorResponseResult?.data?.error;
  console.log(JSON.stringify({error: said ?? String(error), detail: String(error.stack)}));
}
