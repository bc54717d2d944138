import { expect, type Page } from '@playwright/test';
import type { Seat } from './story.ts';

/** A notification as the browser was told to show it. */
export interface Shown {
  readonly title: string;
  readonly body: string;
  readonly tag: string;
  /** All else that was asked for: an icon, a picture. */
  readonly icon?: string;
  readonly image?: string;
  readonly silent?: boolean;
}

/** The desktop of one browser. */
export interface Desktop {
  /** What stands there now, by the browser's own answer. */
  standing(): Promise<Shown[]>;
  /** Everything that was ever shown, by all tabs, in order. */
  readonly shown: readonly Shown[];
  /** When the browser was told to close one, by all tabs, in order. */
  readonly closedAt: readonly number[];
  click(conversationId: string): Promise<void>;
}

/** The bodies of what stands there. */
export const bodiesOn = async (desktop: Desktop): Promise<string[]> =>
  (await desktop.standing()).map(({ body }) => body);

/** @returns when the last one was closed, once nothing stands there any more */
export const untilEmpty = async (desktop: Desktop): Promise<number> => {
  await expect.poll(() => desktop.standing()).toEqual([]);
  return desktop.closedAt.at(-1) ?? Number.POSITIVE_INFINITY;
};

/**
 * Runs in the page. The browser of the stories is the small one without a window, which has no desktop: what it would keep is kept
 * outside then, for all tabs, as the browser keeps it. A whole browser keeps its own. What is shown is noted in both.
 */
const standIn = ({ answer, hasOwn }: { answer: NotificationPermission; hasOwn: boolean }): void => {
  // An empty page has none.
  if (!('ServiceWorkerRegistration' in window)) return;
  interface Outside {
    guaritaShown: (shown: object) => Promise<void>;
    guaritaClosed: (at: number) => Promise<void>;
    guaritaDesktop: (deed: 'show' | 'list' | 'close', given?: object) => Promise<object[]>;
  }
  const outside = window as unknown as Outside;
  const { prototype } = ServiceWorkerRegistration;
  const own = prototype.showNotification;
  prototype.showNotification = async function show(title, options = {}) {
    const shown = { title, body: '', tag: '', ...options };
    await outside.guaritaShown(shown);
    if (hasOwn) return own.call(this, title, options);
    if (!this.active) throw new TypeError('no active worker');
    await outside.guaritaDesktop('show', shown);
  };
  const ownClose = Notification.prototype.close;
  Notification.prototype.close = function close() {
    void outside.guaritaClosed(Date.now());
    ownClose.call(this);
  };
  if (hasOwn) return;
  prototype.getNotifications = async ({ tag } = {}) => {
    const all = (await outside.guaritaDesktop('list')) as Notification[];
    const close = (shown: Notification) => () => {
      void outside.guaritaClosed(Date.now());
      void outside.guaritaDesktop('close', shown);
    };
    return all
      .filter((shown) => !tag || shown.tag === tag)
      .map((shown) => ({ ...shown, close: close(shown) }));
  };
  const kept = 'story.permission';
  const permission = () => sessionStorage.getItem(kept) ?? (answer === 'granted' ? answer : '');
  Object.defineProperty(Notification, 'permission', { get: () => permission() || 'default' });
  Notification.requestPermission = async () => {
    sessionStorage.setItem(kept, answer);
    return answer;
  };
};

/**
 * Gives the browser a desktop that one can look at.
 * @param answer what a person says when the browser asks; granted: has said so before
 */
export const watchDesktop = async (
  { context, page }: Seat,
  answer: NotificationPermission = 'granted',
): Promise<Desktop> => {
  const shown: Shown[] = [];
  const closedAt: number[] = [];
  const kept = new Map<string, Shown>();
  if (answer === 'granted') await context.grantPermissions(['notifications']);
  await page.reload();
  const hasOwn = await page.evaluate(() => Notification.permission !== 'denied');
  await context.exposeFunction('guaritaShown', (one: Shown) => void shown.push(one));
  await context.exposeFunction('guaritaClosed', (at: number) => void closedAt.push(at));
  await context.exposeFunction('guaritaDesktop', (deed: string, one: Shown) => {
    if (deed === 'show') kept.set(one.tag || `untagged ${kept.size}`, one);
    if (deed === 'close') kept.delete(one.tag);
    return [...kept.values()];
  });
  await context.addInitScript(standIn, { answer, hasOwn });
  await page.reload();
  return {
    shown,
    closedAt,
    standing: () => standingOn(page),
    click: async (conversationId) => {
      const [worker] = context.serviceWorkers();
      if (!worker) throw new Error('no worker was started');
      await worker.evaluate((tag) => {
        // A click is the browser's own doing: told to the worker as it would tell it.
        const { ExtendableEvent: Told } = self as unknown as { ExtendableEvent: typeof Event };
        const event = new Told('notificationclick');
        const notification = { tag, close: () => undefined };
        self.dispatchEvent(Object.assign(event, { notification }));
      }, conversationId);
    },
  };
};

const standingOn = (page: Page): Promise<Shown[]> =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    const all = (await registration?.getNotifications()) ?? [];
    return all.map(({ title, body, tag }) => ({ title, body, tag }));
  });

/** Switches notifications on for this browser, in the profile. */
export const wantNotifications = async (page: Page): Promise<void> => {
  await page.goto('/ajustes/perfil');
  await page.getByRole('switch', { name: 'Mostrar notificações' }).click();
  await expect(page.getByRole('switch', { name: 'Mostrar notificações' })).toBeChecked();
};
