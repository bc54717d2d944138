import { useNavigate } from '@tanstack/react-router';
import {
  ChartColumn,
  CheckCheck,
  CircleQuestionMark,
  Flag,
  Hand,
  Languages,
  ListChecks,
  MessageSquare,
  MessagesSquare,
  Plus,
  RotateCcw,
  Settings,
  ShieldBan,
  SunMoon,
  Undo2,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe, useUpdateProfile } from '#features/accounts/web/index.ts';
import type { Conversation } from '#features/conversations/contract.ts';
import {
  contactTitle,
  nameOfNumber,
  runMessageCommand,
  useConversation,
  useConversationAction,
  useConversationList,
  useNumbers,
  useOpenConversationId,
} from '#features/conversations/web/index.ts';
import { useBlockAction, useSeesBlockDetails } from '#features/gate/web/index.ts';
import { useReadsReports } from '#features/reports/web/index.ts';
import { languageNames, languages } from '#platform/web/i18n/languages.ts';
import { altKey } from '#platform/web/key-names.ts';
import { plainText } from '#platform/web/plain-text.ts';
import { setPreference, themes } from '#platform/web/preferences.ts';
import { useSettled } from '#platform/web/use-settled.ts';
import { openShellDialog } from './shell-dialogs.ts';

export interface Command {
  id: string;
  group: string;
  label: string;
  icon: ReactNode;
  run: () => void;
  hint?: string;
  keys?: string;
  isDisabled?: boolean;
}

/** Everything the bar offers for what is typed: the open conversation first, then pages, then people. */
export function useCommands(typed: string): Command[] {
  const openId = useOpenConversationId();
  const ofConversation = useOpenConversationCommands(openId);
  const places = usePlaceCommands();
  const settings = useSettingCommands();
  const people = useConversationCommands(typed);
  const wanted = plainText(typed.trim());
  const fits = (command: Command) => wanted === '' || plainText(command.label).includes(wanted);
  const actions = [...ofConversation, ...places, ...settings].filter(fits);
  return wanted === '' ? [...actions, ...people] : [...people, ...actions];
}

function useOpenConversationCommands(openId: string | null): Command[] {
  const { data } = useConversation(openId ?? '', openId !== null);
  const work = useWorkCommands(data);
  const messages = useMessageCommands(data);
  const gate = useGateCommands(data);
  return openId ? [...work, ...messages, ...gate] : [];
}

function useGroup(conversation: Conversation | undefined): string {
  const { t } = useTranslation('shell');
  return t('commands.current', { name: conversation ? contactTitle(conversation) : '' });
}

function useWorkCommands(conversation: Conversation | undefined): Command[] {
  const { t } = useTranslation('conversations');
  const { memberId } = useMe();
  const action = useConversationAction(conversation?.id ?? '');
  const group = useGroup(conversation);
  if (!conversation || conversation.isBlocked) return [];
  const isOpen = conversation.status === 'open';
  const commands: Command[] = [
    {
      id: 'resolve',
      group,
      label: t(isOpen ? 'header.resolve' : 'header.reopen'),
      icon: isOpen ? <CheckCheck /> : <RotateCcw />,
      keys: altKey('R'),
      run: () => action.mutate({ kind: isOpen ? 'resolve' : 'reopen' }),
    },
  ];
  if (conversation.assignee?.id !== memberId) {
    commands.push({
      id: 'take',
      group,
      label: t('header.take'),
      icon: <Hand />,
      keys: altKey('A'),
      run: () => action.mutate({ kind: 'take' }),
    });
  }
  if (conversation.assignee) {
    commands.push({
      id: 'return',
      group,
      label: t('header.return-to-queue'),
      icon: <Undo2 />,
      keys: altKey('V'),
      run: () => action.mutate({ kind: 'assign', assigneeId: null }),
    });
  }
  return commands;
}

function useMessageCommands(conversation: Conversation | undefined): Command[] {
  const { t } = useTranslation('shell');
  const group = useGroup(conversation);
  if (!conversation) return [];
  return [
    {
      id: 'select',
      group,
      label: t('keys.select'),
      icon: <ListChecks />,
      keys: altKey('L'),
      // Once the bar is gone: it has the keyboard to itself, and gives the focus back.
      run: () => requestAnimationFrame(() => runMessageCommand('select')),
    },
  ];
}

function useGateCommands(conversation: Conversation | undefined): Command[] {
  const { contactId = '', isBlocked = false } = conversation ?? {};
  const { label, icon, isDisabled, hint, run } = useBlockAction(contactId, isBlocked);
  const group = useGroup(conversation);
  if (!conversation) return [];
  return [
    {
      id: 'block',
      group,
      label,
      icon,
      keys: altKey('B'),
      isDisabled,
      ...(isDisabled && hint && { hint }),
      run: () => run({ id: contactId, name: contactTitle(conversation) }),
    },
  ];
}

function usePlaceCommands(): Command[] {
  const { t } = useTranslation('shell');
  const { t: words } = useTranslation('conversations');
  const { t: removals } = useTranslation('removals-notice');
  const navigate = useNavigate();
  const seesBlocks = useSeesBlockDetails();
  const readsReports = useReadsReports();
  const group = t('commands.go-to');
  const commands: Command[] = [
    {
      id: 'new',
      group,
      label: words('list.new-conversation'),
      icon: <Plus />,
      keys: altKey('N'),
      run: () => openShellDialog('new-conversation'),
    },
    {
      id: 'conversations',
      group,
      label: t('nav.conversations'),
      icon: <MessagesSquare />,
      run: () => void navigate({ to: '/conversas' }),
    },
    {
      id: 'removals',
      group,
      label: removals('nav'),
      icon: <Flag />,
      run: () => void navigate({ to: '/solicitacoes' }),
    },
    {
      id: 'help',
      group,
      label: t('nav.help-centre'),
      icon: <CircleQuestionMark />,
      run: () => void navigate({ to: '/ajuda' }),
    },
    {
      id: 'settings',
      group,
      label: t('nav.settings'),
      icon: <Settings />,
      run: () => void navigate({ to: '/ajustes' }),
    },
  ];
  if (seesBlocks) {
    commands.push({
      id: 'blocks',
      group,
      label: t('nav.blocks'),
      icon: <ShieldBan />,
      run: () => void navigate({ to: '/bloqueios' }),
    });
  }
  if (readsReports) {
    commands.push({
      id: 'reports',
      group,
      label: t('nav.reports'),
      icon: <ChartColumn />,
      run: () => void navigate({ to: '/relatorios/protecao' }),
    });
  }
  return commands;
}

function useSettingCommands(): Command[] {
  const { t, i18n } = useTranslation('shell');
  const { t: words } = useTranslation('accounts');
  const profile = useUpdateProfile();
  const group = t('nav.settings');
  const choices = themes.map((theme) => ({
    id: `theme-${theme}`,
    group,
    label: t('commands.theme', { name: words(`profile.themes.${theme}`) }),
    icon: <SunMoon />,
    run: () => setPreference('theme', theme),
  }));
  const others = languages
    .filter((language) => language !== i18n.language)
    .map((language) => ({
      id: `language-${language}`,
      group,
      label: t('commands.language', { name: languageNames[language] }),
      icon: <Languages />,
      run: () => profile.mutate({ locale: language }),
    }));
  return [...choices, ...others];
}

/** Conversations by name or number, as the server finds them. */
function useConversationCommands(typed: string): Command[] {
  const { t } = useTranslation('shell');
  const { t: words } = useTranslation('conversations');
  const navigate = useNavigate();
  const { numbers } = useNumbers();
  const search = useSettled(typed.trim());
  const { data, isPlaceholderData } = useConversationList({
    view: 'all',
    search,
    unread: false,
    channelId: null,
  });
  // Those found for what was typed before would be opened by a quick Enter.
  const isSettled = search === typed.trim() && !isPlaceholderData;
  const found = isSettled ? (data?.pages[0]?.items ?? []).slice(0, 7) : [];
  return found.map((conversation) => {
    // One person on two numbers of ours is two conversations.
    const name = nameOfNumber(numbers, conversation.channel.id);
    return {
      id: conversation.id,
      group: t('commands.conversations'),
      label: contactTitle(conversation),
      icon: <MessageSquare />,
      ...(name && { hint: words('list.on-number', { name }) }),
      run: () =>
        void navigate({
          to: '/conversas/$conversationId',
          params: { conversationId: conversation.id },
        }),
    };
  });
}
