import { useTranslation } from 'react-i18next';
import type { Role } from '#platform/shared/role.ts';
import { CheckList } from '#platform/web/ui/check-list.tsx';
import { type Scope, scopes } from '../../contract.ts';

const ofAgents = [
  'conversations:read',
  'conversations:write',
  'contacts:read',
  'contacts:write',
  'requests:write',
  'team:read',
  'removals:write',
] as const satisfies readonly Scope[];

/** What a key of each role can be given: the server's table says the same, and refuses what is not in it. */
export const scopesOfRole: Readonly<Record<Role, readonly Scope[]>> = {
  agent: ofAgents,
  moderator: [...ofAgents, 'blocks:read', 'removals:decide'],
  administrator: scopes,
};

/** Of its words: i18next takes a colon for the end of a namespace. */
export const keyOf = (scope: Scope) => scope.replace(':', '-') as 'conversations-read';

/** In words what a key may do, within its role. */
export function ScopeField({
  role,
  values,
  onChange,
  isChecked,
}: {
  role: Role;
  values: readonly Scope[];
  onChange: (scopes: Scope[]) => void;
  /** Whether a missing choice is told. */
  isChecked: boolean;
}) {
  const { t } = useTranslation('scopes');
  return (
    <div>
      <CheckList
        columns={2}
        legend={t('what')}
        values={values}
        onChange={onChange}
        options={scopesOfRole[role].map((scope) => ({
          value: scope,
          label: t(`words.${keyOf(scope)}`),
          hint: <code className="font-mono">{scope}</code>,
        }))}
        error={isChecked && values.length === 0 ? t('none') : undefined}
      />
      <p className="mt-1.5 text-meta text-ink-faint">{t('bound')}</p>
    </div>
  );
}
