import { useTranslation } from 'react-i18next';
import type { Role } from '#platform/shared/role.ts';
import { SelectField } from '#platform/web/ui/field.tsx';

const inOrder = { agent: true, moderator: true, administrator: true } satisfies Record<Role, true>;

/** Weakest first. */
export const roles = Object.keys(inOrder) as readonly Role[];

/** The role of a person or a key, with one sentence of what it may do. */
export function RoleField({ value, onChange }: { value: Role; onChange: (role: Role) => void }) {
  const { t } = useTranslation('accounts');
  return (
    <SelectField
      label={t('fields.role')}
      hint={t(`role-hints.${value}`)}
      value={value}
      onChange={(event) => {
        const chosen = roles.find((role) => role === event.target.value);
        if (chosen) onChange(chosen);
      }}
    >
      {roles.map((role) => (
        <option key={role} value={role}>
          {t(`roles.${role}`)}
        </option>
      ))}
    </SelectField>
  );
}
