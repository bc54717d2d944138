import { randomUUID } from 'node:crypto';
import { makeParentUserId, makeUserId } from '../wire/ids.ts';
import { canonicalPhone, digitsOf, type RewriteMode, waIdFor } from '../wire/phone-forms.ts';
import { Thread } from './threads.ts';

/** Whether the business sees the number: keys missing, or there but empty as in older drafts. */
export type HiddenPhone = 'no' | 'missing' | 'empty';

/** Somebody with WhatsApp on a phone. */
export interface Person {
  readonly id: string;
  readonly createdAt: number;
  /** Digits as dialled. */
  number: string;
  /** Digits as WhatsApp knows the account. */
  waId: string;
  name: string;
  username: string | null;
  hidden: HiddenPhone;
  hasParentId: boolean;
  /** Fixed business-scoped id; null: made from the number. */
  userId: string | null;
  isOnline: boolean;
  isOnWhatsApp: boolean;
  /** Opens what arrives by itself; otherwise messages wait until read by hand. */
  readsAlone: boolean;
  /** Shown on the desk of the simulator's page. */
  onDesk: boolean;
  /** Numbers (by phone number id) this person has blocked. */
  blocks: Set<string>;
  /** Last message, and last call, to each business number. */
  lastInboundAt: Map<string, number>;
  lastCallAt: Map<string, number>;
  /** Ids of delivered messages the person has not opened. */
  unread: Set<string>;
  thread: Thread;
  /** What waits for the phone to be online again. */
  waiting: (() => void)[];
  typingUntil: number;
}

export type PersonDraft = Partial<
  Pick<
    Person,
    | 'name'
    | 'username'
    | 'hidden'
    | 'hasParentId'
    | 'userId'
    | 'isOnline'
    | 'isOnWhatsApp'
    | 'readsAlone'
    | 'onDesk'
    | 'waId'
  >
>;

interface Portfolio {
  readonly portfolio: string;
}

/** Everybody the simulator knows, found by any spelling of the number or by BSUID. */
export class People {
  #byId = new Map<string, Person>();
  #byPhone = new Map<string, Person>();
  #byUserId = new Map<string, Person>();
  #rewrite: () => RewriteMode;

  constructor(rewrite: () => RewriteMode) {
    this.#rewrite = rewrite;
  }

  list(): Person[] {
    return [...this.#byId.values()];
  }

  get(id: string): Person | undefined {
    return this.#byId.get(id);
  }

  byPhone(text: string): Person | undefined {
    return this.#byPhone.get(canonicalPhone(digitsOf(text)));
  }

  byUserId(userId: string): Person | undefined {
    return this.#byUserId.get(userId);
  }

  /** By id, BSUID or any spelling of the number. */
  find(reference: string): Person | undefined {
    return this.get(reference) ?? this.byUserId(reference) ?? this.byPhone(reference);
  }

  ensure(number: string, draft: PersonDraft = {}): Person {
    const standing = this.byPhone(number);
    if (standing !== undefined) {
      this.change(standing, draft);
      return standing;
    }
    return this.create(number, draft);
  }

  create(number: string, draft: PersonDraft = {}): Person {
    const digits = digitsOf(number);
    const person: Person = {
      id: randomUUID(),
      createdAt: Date.now(),
      number: digits,
      waId: waIdFor(digits, this.#rewrite()),
      name: `Contato ${digits.slice(-4)}`,
      username: null,
      hidden: 'no',
      hasParentId: false,
      userId: null,
      isOnline: true,
      isOnWhatsApp: true,
      readsAlone: true,
      onDesk: false,
      blocks: new Set(),
      lastInboundAt: new Map(),
      lastCallAt: new Map(),
      unread: new Set(),
      thread: new Thread(),
      waiting: [],
      typingUntil: 0,
    };
    this.#byId.set(person.id, person);
    if (digits !== '') this.#byPhone.set(canonicalPhone(digits), person);
    this.change(person, draft);
    return person;
  }

  change(person: Person, draft: PersonDraft): void {
    Object.assign(person, draft);
    if (typeof draft.userId === 'string') this.#byUserId.set(draft.userId, person);
    if (draft.waId !== undefined) this.#byPhone.set(canonicalPhone(draft.waId), person);
  }

  /** Moves the person to another number: new WhatsApp id, new BSUID, the old ones are gone. */
  moveTo(person: Person, number: string): void {
    const digits = digitsOf(number);
    this.#forgetKeys(person);
    person.number = digits;
    person.waId = waIdFor(digits, this.#rewrite());
    person.userId = null;
    this.#byPhone.set(canonicalPhone(digits), person);
  }

  /** The BSUID this business sees for the person. */
  userIdFor(person: Person, { portfolio }: Portfolio): string {
    const userId = person.userId ?? makeUserId(portfolio, person.number || person.id);
    this.#byUserId.set(userId, person);
    return userId;
  }

  parentIdFor(person: Person, { portfolio }: Portfolio): string | null {
    if (!person.hasParentId) return null;
    const parentId = makeParentUserId(portfolio, person.number || person.id);
    this.#byUserId.set(parentId, person);
    return parentId;
  }

  remove(person: Person): void {
    this.#forgetKeys(person);
    this.#byId.delete(person.id);
  }

  clear(): void {
    this.#byId.clear();
    this.#byPhone.clear();
    this.#byUserId.clear();
  }

  #forgetKeys(person: Person): void {
    for (const index of [this.#byPhone, this.#byUserId]) {
      for (const [key, owner] of index) if (owner === person) index.delete(key);
    }
  }
}
