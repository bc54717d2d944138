import { EllipsisVertical, KeyRound, UserRoundMinus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Role } from '#platform/shared/role.ts';
import { useFormat } from '#platform/web/format.tsx';
import { useProblemText } from '#platform/web/i18n/problem-text.ts';
import { Avatar } from '#platform/web/ui/avatar.tsx';
import { Badge } from '#platform/web/ui/badge.tsx';
import { IconButton } from '#platform/web/ui/icon-button.tsx';
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuSeparator } from '#platform/web/ui/menu.tsx';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { Member } from '../../contract.ts';
import { useUpdateMember } from '../api.ts';
import { useMe } from '../me.ts';
import { roles } from '../role-field.tsx';

export function PersonRow({
  member,
  onReset,
  onRemove,
}: {
  member: Member;
  onReset: () => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation('accounts');
  const format = useFormat();
  const isMe = useMe().memberId === member.id;
  return (
    <li className="flex items-center gap-3 py-3">
      <Avatar name={member.name} />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="min-w-0 font-medium break-words">{member.name}</span>
          {isMe && <span className="text-meta text-ink-soft">({t('people.you')})</span>}
        </p>
        <p className="text-preview break-words text-ink-soft">
          <Email address={member.email} />
          <span className="text-ink-faint tabular-nums max-md:hidden">
            {' · '}
            {t('people.since', { date: format.date(member.createdAt) })}
          </span>
        </p>
        <p className="mt-1 md:hidden">
          <RoleBadge role={member.role} />
        </p>
      </div>
      <span className="max-md:hidden">
        <RoleBadge role={member.role} />
      </span>
      <PersonMenu member={member} isMe={isMe} onReset={onReset} onRemove={onRemove} />
    </li>
  );
}

/** A long address breaks after the @ first. */
const Email = ({ address }: { address: string }) => {
  const at = address.lastIndexOf('@') + 1;
  return (
    <span>
      {address.slice(0, at)}
      <wbr />
      {address.slice(at)}
    </span>
  );
};

const RoleBadge = ({ role }: { role: Role }) => {
  const { t } = useTranslation('accounts');
  return <Badge tone={role === 'administrator' ? 'accent' : 'neutral'}>{t(`roles.${role}`)}</Badge>;
};

function PersonMenu({
  member,
  isMe,
  onReset,
  onRemove,
}: {
  member: Member;
  isMe: boolean;
  onReset: () => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation('accounts');
  const problemText = useProblemText();
  const update = useUpdateMember();
  const changeRole = (role: Role) => {
    if (role === member.role) return;
    update.mutate(
      { id: member.id, role },
      {
        onSuccess: ({ revokedKeys: count }) => {
          const said = { name: member.name, role: t(`roles.${role}`), count };
          if (count === 0) showToast(t('people.role-changed', said));
          else showToast(t('people.role-and-keys', said), { milliseconds: 8000 });
        },
        onError: (error) => showToast(problemText(error).text, { milliseconds: 8000 }),
      },
    );
  };
  return (
    <Menu
      trigger={
        <IconButton
          label={t('people.actions-for', { name: member.name })}
          icon={<EllipsisVertical />}
        />
      }
    >
      <MenuLabel>{t('fields.role')}</MenuLabel>
      <MenuChoice
        label={t('people.role-of', { name: member.name })}
        value={member.role}
        onChange={changeRole}
        options={roles.map((role) => ({ value: role, label: t(`roles.${role}`) }))}
      />
      <MenuSeparator />
      <MenuItem icon={<KeyRound />} label={t('people.reset-link')} onSelect={onReset} />
      <MenuItem
        icon={<UserRoundMinus />}
        label={t('people.remove')}
        disabled={isMe}
        onSelect={onRemove}
      />
    </Menu>
  );
}
