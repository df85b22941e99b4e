// A real OpenID provider for the tests. Whoever comes is the person that the test said by
// GET /control; nobody has to type. It prints its address when it listens.
//
//   PORT     where to listen
//   KEYS     which signing key it has: another number is another key
//   AHEAD    by how many seconds its clock is ahead

import { createHash, generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const { PORT, KEYS = '1', AHEAD = '0', FOLDER } = process.env;
const realNow = Date.now;
Date.now = () => realNow() + Number(AHEAD) * 1000;

const issuer = `http://127.0.0.1:${PORT}`;

function key(name) {
  const file = `${FOLDER}/key-${name}.json`;
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    writeFileSync(file, JSON.stringify(privateKey.export({ format: 'jwk' })));
  }
  const kid = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return { ...JSON.parse(readFileSync(file)), kid, use: 'sig', alg: 'RS256' };
}

const people = {
  suong: {
    so_dinh_danh: '019197008821', name: 'Hoàng Thị Mai Sương', birthdate: '1997-05-19',
    phone_number: '+84912345604', email: 'suong@example.vn',
    address: { formatted: 'Tổ 5, phường Phan Đình Phùng, Thái Nguyên' },
  },
  tu: { so_dinh_danh: '019091004417', name: 'Nguyễn Văn Tú', birthdate: '1991-02-03' },
  nameless: { name: 'Người không số' },
};

let now = { person: 'suong', acr: 'urn:muc:1' };
let asked = {};

const provider = new Provider(issuer, {
  clients: [{
    client_id: 'tinh', client_secret: 'bi-mat-cua-tinh', redirect_uris: [process.env.BACK],
    grant_types: ['authorization_code'], response_types: ['code'],
  }],
  jwks: { keys: [key(KEYS)] },
  cookies: { keys: ['for-tests'] },
  claims: {
    acr: null, openid: ['sub', 'so_dinh_danh'], profile: ['name', 'birthdate'],
    phone: ['phone_number'], email: ['email'], address: ['address'],
  },
  acrValues: ['urn:muc:1', 'urn:muc:2'],
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false } },
  ttl: { IdToken: 60, AccessToken: 60, AuthorizationCode: 60, Session: 1, Grant: 60, Interaction: 60 },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, ...people[sub] }) }),
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId,
    });
    grant.addOIDCScope('openid profile phone email address');
    await grant.save();
    return grant;
  },
});

async function interaction(request, response) {
  const details = await provider.interactionDetails(request, response);
  asked = details.params;
  const result = now.person === 'none'
    ? { error: 'access_denied', error_description: 'the person went back' }
    : { login: { accountId: now.person, acr: now.acr, remember: false } };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

const answer = provider.callback();
createServer(async (request, response) => {
  try {
    const url = new URL(request.url, issuer);
    if (url.pathname === '/control') {
      now = { ...now, ...Object.fromEntries(url.searchParams) };
      response.end(JSON.stringify(asked));
    } else if (url.pathname.startsWith('/interaction/')) {
      await interaction(request, response);
    } else {
      answer(request, response);
    }
  } catch (error) {
    console.error(error);
    response.statusCode = 500;
    response.end();
  }
}).listen(Number(PORT), '127.0.0.1', () => console.log(issuer));
