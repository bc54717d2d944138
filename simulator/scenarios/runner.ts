import { RequestError } from '../state/request-error.ts';
import type { World } from '../state/world.ts';
import { abuseThenBlock } from './abuse-then-block.ts';
import { answersFromTheApp } from './answers-from-the-app.ts';
import { batchOfFive } from './batch-of-five.ts';
import { editAndRevoke } from './edit-and-revoke.ts';
import { everyKind } from './every-kind.ts';
import { everydayCustomers } from './everyday-customers.ts';
import { firstMessagesAtOnce } from './first-messages-at-once.ts';
import { harassingContact } from './harassing-contact.ts';
import { hiddenNumber } from './hidden-number.ts';
import { historyImport } from './history-import.ts';
import { lateStatus } from './late-status.ts';
import { mediaTrouble } from './media-trouble.ts';
import { numberChange } from './number-change.ts';
import { personBlocksUs } from './person-blocks-us.ts';
import { repeatedWebhooks } from './repeated-webhooks.ts';
import { sendingTrouble } from './sending-trouble.ts';
import { type Scenario, type ScenarioParams, Stage } from './stage.ts';
import { voiceCall } from './voice-call.ts';

const SCENARIOS: readonly Scenario[] = [
  abuseThenBlock,
  harassingContact,
  everydayCustomers,
  batchOfFive,
  lateStatus,
  repeatedWebhooks,
  firstMessagesAtOnce,
  editAndRevoke,
  everyKind,
  mediaTrouble,
  historyImport,
  answersFromTheApp,
  numberChange,
  hiddenNumber,
  voiceCall,
  personBlocksUs,
  ...sendingTrouble,
];

export interface ScenarioView {
  name: string;
  title: string;
  summary: string;
  isRunning: boolean;
}

/** Starts and stops scenarios by name; each runs at most once at a time. */
export class ScenarioRunner {
  #world: World;
  #changed: () => void;
  #running = new Map<string, AbortController>();

  constructor(world: World, changed: () => void) {
    this.#world = world;
    this.#changed = changed;
  }

  list(): ScenarioView[] {
    return SCENARIOS.map(({ name, title, summary }) => ({
      name,
      title,
      summary,
      isRunning: this.#running.has(name),
    }));
  }

  /** Plays it, from the beginning when it is running already. */
  start(name: string, params: ScenarioParams = {}): void {
    const scenario = SCENARIOS.find((one) => one.name === name);
    if (scenario === undefined) throw new RequestError(404, `no scenario ${name}`);
    this.stop(name);
    const control = new AbortController();
    this.#running.set(name, control);
    void this.#play(scenario, new Stage(this.#world, params, control.signal), control);
  }

  stop(name: string): boolean {
    const control = this.#running.get(name);
    this.#running.delete(name);
    control?.abort();
    return control !== undefined;
  }

  stopAll(): void {
    for (const name of [...this.#running.keys()]) this.stop(name);
  }

  async #play(scenario: Scenario, stage: Stage, control: AbortController): Promise<void> {
    try {
      await scenario.play(stage);
    } catch (error) {
      if (!control.signal.aborted) {
        this.#world.log.add('note', `O roteiro "${scenario.title}" parou: ${String(error)}`, {
          state: 'failed',
        });
      }
    }
    if (this.#running.get(scenario.name) === control) this.#running.delete(scenario.name);
    this.#changed();
  }
}
