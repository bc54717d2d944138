import { aName, aNewItem, deliver, type World } from './operations.ts';
import type { Form, Person } from './records.ts';

let made = 0;

export const aPhone = (): string => {
  made += 1;
  return `55119${80_000_000 + made * 13}`;
};

export const makePerson = (
  world: World,
  more: Partial<Pick<Person, 'phone' | 'bsuid' | 'isStory' | 'isSlow'>> = {},
): Person => {
  const name = aName('person');
  const person: Person = {
    name,
    phone: aPhone(),
    bsuid: `BR.${name}`,
    contactId: '',
    conversationIds: new Map(),
    surely: [],
    perhaps: [],
    isStory: false,
    isSlow: false,
    ...more,
  };
  world.records.people.push(person);
  return person;
};

export interface Home {
  readonly contactId: string;
  readonly conversationId: string;
  readonly messageId: string;
}

/** Where a stored item is now. */
export const homeOf = async (world: World, wamid: string): Promise<Home | undefined> => {
  const { pool, workspaceId } = world.setting;
  const { rows } = await pool.query<Home>(
    `select contact_id as "contactId", conversation_id as "conversationId", id as "messageId"
       from message where workspace_id = $1 and external_id = $2`,
    [workspaceId, wamid],
  );
  return rows[0];
};

/** Who has this identity now. */
export const holderOf = async (world: World, matchKey: string): Promise<string | undefined> => {
  const { pool, workspaceId } = world.setting;
  const { rows } = await pool.query<{ contactId: string }>(
    `select contact_id as "contactId" from contact_identity
      where workspace_id = $1 and match_key = $2 and not is_former`,
    [workspaceId, matchKey],
  );
  return rows[0]?.contactId;
};

/** The person writes for the first time, on every number; the contact and the conversations are learnt. */
export const meet = async (world: World, person: Person, form: Form): Promise<Home> => {
  let home: Home | undefined;
  for (const number of world.setting.numbers) {
    const item = aNewItem(world, person, number);
    await deliver(world, number, [{ item, form }]);
    home = await homeOf(world, item.wamid);
    if (home === undefined) {
      throw new Error('a first message was not stored');
    }
    person.conversationIds.set(number.channelId, home.conversationId);
  }
  if (home === undefined) {
    throw new Error('there is no number to write to');
  }
  person.contactId = home.contactId;
  return home;
};
