import { useRouter } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Action } from '@/actions/define-action';
import { useActions } from '@/actions/use-actions';
import { groupsFor } from '@/features/admin/public';
import { roomsOf, useAdoptColourScheme, useMe, useOtherTabs, useRights, useSignOut } from '@/features/session/public';
import { undoLast } from '@/ui/feedback/notify-undo';
import { IconKeyboard, IconPlus, IconSearch, IconSignOut, IconUndo } from '@/ui/icons';
import { openPalette } from '@/ui/palette/open-palette';
import { openHelp } from '../components/open-help';
import { navigationOf } from '../model';

/** What works on every page: palette, help, going places, a new ticket, signing out. */
export function useNavigationActions(): void {
  const { t } = useTranslation();
  const router = useRouter();
  const signOut = useSignOut();
  useOtherTabs();
  useAdoptColourScheme();
  const { roles } = useMe();
  const { may } = useRights(roomsOf(roles).includes('admin'));
  const actions = useMemo<Action[]>(() => {
    const general = t('help.general');
    const isWorking = roomsOf(roles).includes('agent');
    const pages = navigationOf(roles).flatMap((group) =>
      group.items.map<Action>((item) => ({
        id: `go.${item.to}`,
        label: t(item.label),
        section: t('palette.goTo'),
        icon: item.icon,
        shortcut: `g ${item.letter}`,
        run: () => void router.navigate({ to: item.to }),
      })),
    );
    const administration = roomsOf(roles).includes('admin') ? groupsFor(may).flatMap((group) => group.pages) : [];
    const adminPages = administration
      .filter((page) => page.to !== '/admin')
      .map<Action>((page) => ({
        id: `go.${page.to}`,
        label: t(page.label),
        section: t('admin.home'),
        icon: page.icon,
        shortcut: page.letter && `g ${page.letter}`,
        run: () => void router.navigate({ to: page.to }),
      }));
    return [
      {
        id: 'palette.open',
        label: t('palette.label'),
        section: general,
        icon: IconSearch,
        shortcut: 'mod+k',
        isHidden: true,
        run: openPalette,
      },
      { id: 'help.open', label: t('help.open'), section: general, icon: IconKeyboard, shortcut: '?', run: openHelp },
      {
        id: 'ticket.new',
        label: isWorking ? t('nav.newTicket') : t('nav.report'),
        section: general,
        icon: IconPlus,
        shortcut: 'g n',
        run: () => void router.navigate({ to: isWorking ? '/agent/tickets/new' : '/portal/report' }),
      },
      {
        id: 'undo.last',
        label: t('undo.last'),
        section: general,
        icon: IconUndo,
        shortcut: 'z',
        alias: 'mod+z',
        run: () => void undoLast(),
      },
      { id: 'session.end', label: t('nav.signOut'), section: general, icon: IconSignOut, run: () => void signOut() },
      ...pages,
      ...adminPages,
    ].map((action) => ({ ...action, isGlobal: true }));
  }, [t, router, signOut, roles, may]);
  useActions(actions);
}
