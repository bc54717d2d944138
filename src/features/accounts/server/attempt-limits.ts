import type { Deps } from '#platform/server/deps.ts';
import { AppError } from '#platform/server/errors.ts';
import {
  type Attempt,
  type AttemptKind,
  deleteAttempts,
  insertAttempt,
  isKnownHere,
  readWait,
  waitOfAddress,
  waitOfSubject,
  waitOfSubjectHere,
} from './attempt-store.ts';

/** One person from one place. */
const perSubjectHere = { failures: 10, seconds: 300 };
/** One person from anywhere: guessing that changes its address. */
const perSubject = { failures: 60, seconds: 900 };
/** Different e-mails from one place: an office of forgetful people stays far below it. */
const subjectsPerAddress = { failures: 100, seconds: 300 };

/** What is tried: by whom (an e-mail, a user) and from where. */
export interface Try {
  readonly kind: AttemptKind;
  readonly subject: string;
  readonly place: string;
}

const attemptOf = (deps: Deps, { kind, subject, place }: Try): Attempt => ({
  kind,
  subjectHash: deps.keyed.hash('failed-attempt', `subject:${subject}`),
  addressHash: deps.keyed.hash('failed-attempt', `address:${place}`),
});

const refuse = (wait: number | null): void => {
  if (wait !== null) {
    throw new AppError('too-many-attempts', 429, { retryAfterSeconds: Math.max(1, wait) });
  }
};

/** Limits that a whole team behind one address does not feel: who is signed in from here passes them. */
const assertAllowedFromAfar = async (deps: Deps, attempt: Attempt, tried: Try): Promise<void> => {
  const wait = await readWait(deps.db, [
    waitOfSubject(attempt, perSubject),
    waitOfAddress(attempt, subjectsPerAddress),
  ]);
  if (wait !== null && !(await isKnownHere(deps.db, tried.subject, tried.place))) {
    refuse(wait);
  }
};

const assertAllowed = async (deps: Deps, attempt: Attempt, tried: Try): Promise<void> => {
  refuse(await readWait(deps.db, [waitOfSubjectHere(attempt, perSubjectHere)]));
  if (tried.kind === 'sign-in') {
    await assertAllowedFromAfar(deps, attempt, tried);
  }
  if (tried.kind === 'password') {
    // Whoever asks has the person's cookie already, so nobody else can lock them out by this.
    refuse(await readWait(deps.db, [waitOfSubject(attempt, perSubject)]));
  }
};

/**
 * Runs something that can be guessed. Only failures are counted, a success forgets those of this subject from
 * this place.
 * @param isFailure tells a wrong guess from any other error
 * @throws AppError too-many-attempts (429)
 */
export const limited = async <T>(
  deps: Deps,
  tried: Try,
  isFailure: (error: unknown) => boolean,
  work: () => Promise<T>,
): Promise<T> => {
  const attempt = attemptOf(deps, tried);
  await assertAllowed(deps, attempt, tried);
  try {
    const result = await work();
    await deleteAttempts(deps.db, attempt);
    return result;
  } catch (error) {
    if (isFailure(error)) {
      await insertAttempt(deps.db, attempt);
    }
    throw error;
  }
};
