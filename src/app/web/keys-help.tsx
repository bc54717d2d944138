import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { altKey, commandKey, controlKey } from '#platform/web/key-names.ts';
import { usePreference } from '#platform/web/preferences.ts';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { Switch } from '#platform/web/ui/switch.tsx';

const groups = [
  {
    title: 'everywhere',
    keys: [
      ['command-bar', [commandKey]],
      ['help', ['?']],
      ['back', ['Esc']],
      ['search', ['/', altKey('S')]],
      ['next', ['j', altKey('J')]],
      ['previous', ['k', altKey('K')]],
      ['mine', [altKey('M')]],
      ['queue', [altKey('Q')]],
      ['all', [altKey('T')]],
      ['new', [altKey('N')]],
    ],
  },
  {
    title: 'conversation',
    keys: [
      ['take', [altKey('A')]],
      ['resolve', [altKey('R')]],
      ['return', [altKey('V')]],
      ['block', [altKey('B')]],
      ['panel', [altKey('P')]],
      ['composer', [altKey('C')]],
      ['select', [altKey('L')]],
      ['ask-removal', [altKey('O')]],
    ],
  },
  {
    title: 'writing',
    keys: [
      ['send', ['Enter']],
      ['new-line', ['Shift+Enter']],
      ['cancel-reply', ['Esc']],
      ['bold', [controlKey('B')]],
      ['italic', [controlKey('I')]],
      ['strike', [controlKey('Shift+X')]],
      ['mono', [controlKey('Shift+M')]],
    ],
  },
] as const;

/** `?`: every key, and the switch that turns the single ones off. */
export function KeysHelp({
  onClose,
  finalFocus,
}: {
  onClose: () => void;
  finalFocus: RefObject<HTMLElement | null>;
}) {
  const { t } = useTranslation('shell');
  const { t: words } = useTranslation('accounts');
  const [areOn, setOn] = usePreference('keys');
  return (
    <Dialog
      open
      size="lg"
      title={t('keys.title')}
      onOpenChange={(open) => !open && onClose()}
      finalFocus={finalFocus}
    >
      <div className="grid gap-x-10 gap-y-5 pb-2 md:grid-cols-2">
        {groups.map((group) => (
          <section
            key={group.title}
            className={group.title === 'everywhere' ? 'md:row-span-2' : ''}
          >
            <h3 className="mb-2 text-preview font-medium text-ink-faint">
              {t(`keys.${group.title}`)}
            </h3>
            <dl className="space-y-1.5">
              {group.keys.map(([name, keys]) => (
                <div key={name} className="flex items-center justify-between gap-4">
                  <dt className="min-w-0">{t(`keys.${name}`)}</dt>
                  <dd className="flex shrink-0 items-center gap-1.5 text-meta text-ink-faint">
                    {keys.map((key, at) => (
                      <span key={key} className="flex items-center gap-1.5">
                        {at > 0 && t('keys.or')}
                        <kbd className="rounded-small border border-hairline bg-sunken px-1.5 py-0.5 font-sans text-ink-soft">
                          {key}
                        </kbd>
                      </span>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <div className="border-t border-hairline pt-4 pb-5">
        <Switch label={words('profile.shortcuts')} checked={areOn} onChange={setOn} />
      </div>
    </Dialog>
  );
}
