import { Link, useParams } from '@tanstack/react-router';
import {
  Building2,
  CalendarClock,
  ChevronLeft,
  ChevronRight,
  EyeOff,
  Flag,
  KeyRound,
  ScrollText,
  ShieldQuestionMark,
  Smartphone,
  UserRound,
  UsersRound,
  Webhook,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ChannelSettings } from '#channels/whatsapp/web/index.ts';
import type { Right } from '#features/accounts/contract.ts';
import {
  ApiKeySettings,
  PeopleSettings,
  ProfileSettings,
  useMe,
  WorkspaceSettings,
} from '#features/accounts/web/index.ts';
import { AuditSettings } from '#features/audit/web/index.ts';
import { NotificationSettings, RetentionSettings } from '#features/conversations/web/index.ts';
import { RequestSettings } from '#features/gate/web/index.ts';
import { CoverSettings, OwnCover } from '#features/media/web/index.ts';
import { RemovalSettings } from '#features/removals/web/index.ts';
import { WebhookSettings } from '#features/webhooks/web/index.ts';
import { cx } from '#platform/web/ui/class-names.ts';

interface Section {
  /** The last part of the address. */
  slug: string;
  key:
    | 'profile'
    | 'workspace'
    | 'people'
    | 'channels'
    | 'api-keys'
    | 'requests'
    | 'removals'
    | 'covers'
    | 'retention'
    | 'webhooks'
    | 'audit';
  icon: ReactNode;
  right: Right | null;
  content: () => ReactNode;
}

const sections: readonly Section[] = [
  {
    slug: 'perfil',
    key: 'profile',
    icon: <UserRound />,
    right: null,
    content: () => (
      <ProfileSettings>
        <NotificationSettings />
        <OwnCover />
      </ProfileSettings>
    ),
  },
  {
    slug: 'espaco',
    key: 'workspace',
    icon: <Building2 />,
    right: 'settings.manage',
    content: () => <WorkspaceSettings />,
  },
  {
    slug: 'pessoas',
    key: 'people',
    icon: <UsersRound />,
    right: 'member.manage',
    content: () => <PeopleSettings />,
  },
  {
    slug: 'canais',
    key: 'channels',
    icon: <Smartphone />,
    right: 'channel.manage',
    content: () => <ChannelSettings />,
  },
  {
    slug: 'api',
    key: 'api-keys',
    icon: <KeyRound />,
    right: 'api-key.manage',
    content: () => <ApiKeySettings />,
  },
  {
    slug: 'webhooks',
    key: 'webhooks',
    icon: <Webhook />,
    right: 'webhook.manage',
    content: () => <WebhookSettings />,
  },
  {
    slug: 'pedidos',
    key: 'requests',
    icon: <ShieldQuestionMark />,
    right: 'settings.manage',
    content: () => <RequestSettings />,
  },
  {
    slug: 'solicitacoes',
    key: 'removals',
    icon: <Flag />,
    right: 'settings.manage',
    content: () => <RemovalSettings />,
  },
  {
    slug: 'midia',
    key: 'covers',
    icon: <EyeOff />,
    right: 'settings.manage',
    content: () => <CoverSettings />,
  },
  {
    slug: 'guarda',
    key: 'retention',
    icon: <CalendarClock />,
    right: 'settings.manage',
    content: () => <RetentionSettings />,
  },
  {
    slug: 'auditoria',
    key: 'audit',
    icon: <ScrollText />,
    right: 'audit.read',
    content: () => <AuditSettings />,
  },
];

/** Its name and what it is about, in the words of the feature that it belongs to. */
function useSectionWords(): (key: Section['key']) => { title: string; lead: string } {
  const { t } = useTranslation('accounts');
  const { t: retention } = useTranslation('retention');
  const { t: requests } = useTranslation('requests');
  const { t: removals } = useTranslation('removals-notice');
  const { t: covers } = useTranslation('covers');
  return (key) => {
    if (key === 'retention') return { title: retention('title'), lead: retention('lead') };
    if (key === 'requests') return { title: requests('settings'), lead: requests('settings-lead') };
    if (key === 'removals') return { title: removals('settings'), lead: removals('settings-lead') };
    if (key === 'covers') return { title: covers('settings'), lead: covers('settings-lead') };
    return { title: t(`settings.${key}`), lead: t(`${key}.lead`) };
  };
}

/** `/ajustes` and `/ajustes/$section`. On a phone the first is the list, the second one section. */
export function SettingsPage() {
  const { t } = useTranslation('accounts');
  const wordsOf = useSectionWords();
  const { section: slug } = useParams({ strict: false });
  const { rights } = useMe();
  const allowed = sections.filter(({ right }) => right === null || rights.includes(right));
  const current = allowed.find((section) => section.slug === slug) ?? allowed[0];
  if (!current) return null;
  return (
    <div className="flex h-full bg-paper">
      <nav
        aria-label={t('settings.sections')}
        className={cx(
          'w-64 shrink-0 overflow-y-auto border-r border-hairline bg-list px-3 py-8 max-md:w-full max-md:border-r-0 max-md:px-2 max-md:py-5',
          slug !== undefined && 'max-md:hidden',
        )}
      >
        <p className="px-3 pb-4 text-page font-semibold tracking-[-0.01em] max-md:px-2">
          {t('settings.title')}
        </p>
        <ul className="flex flex-col gap-0.5">
          {allowed.map((section) => (
            <li key={section.key}>
              <SectionLink section={section} isCurrent={section === current} />
            </li>
          ))}
        </ul>
      </nav>
      <div
        key={current.key}
        className={cx('min-w-0 flex-1 overflow-y-auto', slug === undefined && 'max-md:hidden')}
      >
        <div className="mx-auto w-full max-w-[720px] px-8 py-8 max-md:px-4 max-md:py-5">
          <Link
            to="/ajustes"
            className="mb-3 -ml-1 inline-flex items-center gap-1 text-preview text-ink-soft md:hidden"
          >
            <ChevronLeft className="size-4" />
            {t('settings.back')}
          </Link>
          <h1 className="text-page font-semibold tracking-[-0.01em]">
            {wordsOf(current.key).title}
          </h1>
          <p className="mt-1 mb-6 text-ink-soft">{wordsOf(current.key).lead}</p>
          {current.content()}
        </div>
      </div>
    </div>
  );
}

function SectionLink({ section, isCurrent }: { section: Section; isCurrent: boolean }) {
  const { title } = useSectionWords()(section.key);
  return (
    <Link
      to="/ajustes/$section"
      params={{ section: section.slug }}
      aria-current={isCurrent ? 'page' : undefined}
      className={cx(
        'relative flex h-10 items-center gap-3 rounded-control px-3 text-ink-soft hover:bg-hover hover:text-ink max-md:h-12',
        isCurrent &&
          'md:bg-pressed md:font-medium md:text-ink md:before:absolute md:before:inset-y-2 md:before:-left-3 md:before:w-[3px] md:before:rounded-full md:before:bg-accent',
      )}
    >
      {section.icon}
      <span className="min-w-0 flex-1">{title}</span>
      <ChevronRight aria-hidden="true" className="size-4 text-ink-faint md:hidden" />
    </Link>
  );
}
