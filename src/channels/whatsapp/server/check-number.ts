import { createHmac } from 'node:crypto';
import type { CheckCode, FieldCheck, NumberCheck, NumberFacts } from '../contract.ts';
import { readEdge, type Said, troubleOf } from './ask-graph.ts';
import type { GraphAddress } from './graph-client.ts';
import { asId, asList, asWire, type Wire } from './wire.ts';

/** Whatever is known so far. */
export interface CheckInput {
  readonly phoneNumberId?: string | undefined;
  readonly wabaId?: string | undefined;
  readonly accessToken?: string | undefined;
  readonly appSecret?: string | undefined;
}

const ok: FieldCheck = { state: 'ok', code: null };
const unchecked: FieldCheck = { state: 'unchecked', code: null };
const wrong = (code: CheckCode): FieldCheck => ({ state: 'wrong', code });
/** WhatsApp itself is in the way: nothing is known of what was typed. */
const blameless: ReadonlySet<CheckCode> = new Set(['whatsapp-busy', 'whatsapp-unreachable']);
const because = (code: CheckCode): FieldCheck =>
  blameless.has(code) ? { state: 'unchecked', code } : wrong(code);

const allFields =
  'display_phone_number,verified_name,quality_rating,status,throughput,whatsapp_business_manager_messaging_limit,is_on_biz_app';
/** In every version of the Graph; the others come and go. */
const sureFields = 'display_phone_number,verified_name,quality_rating';

const word = (value: unknown): string | null => asId(value, 200) ?? null;

const factsOf = (body: Wire): NumberFacts => ({
  displayNumber: word(body['display_phone_number']) ?? '',
  verifiedName: word(body['verified_name']),
  status: word(body['status']),
  quality: word(body['quality_rating']),
  limit: word(body['whatsapp_business_manager_messaging_limit']),
  throughput: word(asWire(body['throughput'])['level']),
  isOnBusinessApp: typeof body['is_on_biz_app'] === 'boolean' ? body['is_on_biz_app'] : null,
});

const readNumber = async (graph: GraphAddress, token: string, id: string): Promise<Said> => {
  const said = await readEdge(graph, token, [id], { fields: allFields });
  const isUnknownField = said.kind === 'error' && said.code === 100 && said.subcode !== 33;
  return isUnknownField ? readEdge(graph, token, [id], { fields: sureFields }) : said;
};

/** Pages of an account's numbers; more than these nobody has. */
const mostPages = 20;

/** Whether the number is one of the business account's. */
const checkAccount = async (
  graph: GraphAddress,
  token: string,
  wabaId: string,
  phoneNumberId: string,
): Promise<FieldCheck> => {
  let after = '';
  for (let page = 0; page < mostPages; page += 1) {
    const query = { fields: 'id', limit: '100', ...(after === '' ? {} : { after }) };
    const said = await readEdge(graph, token, [wabaId, 'phone_numbers'], query);
    if (said.kind !== 'body') {
      return because(troubleOf(said) ?? 'account-not-found');
    }
    const numbers = asList(said.body['data']);
    if (numbers.some((number) => asWire(number)['id'] === phoneNumberId)) {
      return ok;
    }
    const paging = asWire(said.body['paging']);
    const next = asId(asWire(paging['cursors'])['after'], 2_000);
    if (numbers.length === 0 || next === undefined || next === after || !paging['next']) {
      break;
    }
    after = next;
  }
  return wrong('number-not-in-account');
};

/**
 * `appsecret_proof` is looked at whenever it is given: the same question with a proof made by another app's secret is
 * refused with code 100. So the secret itself never travels.
 */
const checkSecret = async (
  graph: GraphAddress,
  token: string,
  appSecret: string,
  phoneNumberId: string,
): Promise<FieldCheck> => {
  const proof = createHmac('sha256', appSecret).update(token).digest('hex');
  const query = { fields: 'id', appsecret_proof: proof };
  const said = await readEdge(graph, token, [phoneNumberId], query);
  return said.kind === 'body' ? ok : because(troubleOf(said) ?? 'secret-wrong');
};

const nothing: NumberCheck = {
  accessToken: unchecked,
  phoneNumberId: unchecked,
  wabaId: unchecked,
  appSecret: unchecked,
  facts: null,
  clockSeconds: null,
};

/** Asks WhatsApp about what was typed, each field as far as the others allow. Never throws for what it answers. */
export const checkNumber = async (graph: GraphAddress, input: CheckInput): Promise<NumberCheck> => {
  const { phoneNumberId, wabaId, accessToken, appSecret } = input;
  if (accessToken === undefined || phoneNumberId === undefined) {
    return nothing;
  }
  const said = await readNumber(graph, accessToken, phoneNumberId);
  const clockSeconds = 'clockSeconds' in said ? said.clockSeconds : null;
  if (said.kind !== 'body') {
    const trouble = troubleOf(said);
    return trouble === undefined
      ? { ...nothing, phoneNumberId: wrong('number-not-found'), clockSeconds }
      : { ...nothing, accessToken: because(trouble), clockSeconds };
  }
  const facts = factsOf(said.body);
  if (facts.displayNumber === '') {
    // Something of Meta's, but no number: the account's id in the wrong field, say.
    return { ...nothing, accessToken: ok, phoneNumberId: wrong('number-not-found'), clockSeconds };
  }
  const [account, secret] = await Promise.all([
    wabaId === undefined ? unchecked : checkAccount(graph, accessToken, wabaId, phoneNumberId),
    appSecret === undefined ? unchecked : checkSecret(graph, accessToken, appSecret, phoneNumberId),
  ]);
  return {
    accessToken: ok,
    phoneNumberId: ok,
    wabaId: account,
    appSecret: secret,
    facts,
    clockSeconds,
  };
};

/** The first thing that is not as it should be. */
export const faultOf = (check: NumberCheck): CheckCode | undefined => {
  const fields = [check.accessToken, check.phoneNumberId, check.wabaId, check.appSecret];
  return fields.find(({ code }) => code !== null)?.code ?? undefined;
};
