import { ActionIcon, AppShell, Burger, Button, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { type ReactNode, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { IconPlus, IconSearch } from '@/ui/icons';
import { lazyComponent } from '@/ui/lazy/lazy-component';
import { Logo } from '@/ui/page/Logo';
import { openPalette } from '@/ui/palette/open-palette';
import { Keys } from '@/ui/text/Keys';
import { useNavigationActions } from '../hooks/use-navigation-actions';
import { ConsoleNav } from './ConsoleNav';
import { OfflineBanner } from './OfflineBanner';
import { ShellDialogs } from './ShellDialogs';
import { SkipLink } from './SkipLink';

const AccountMenu = lazyComponent(() => import('./AccountMenu').then((module) => module.AccountMenu));

/** The frame for those who work on tickets and administer; the administration has a navigation of its own. */
export function ConsoleShell({ nav }: { nav?: ReactNode }) {
  const { t } = useTranslation();
  const [isMenuOpen, menu] = useDisclosure(false);
  const { pathname } = useLocation();
  useNavigationActions();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu closes whenever the page changes
  useEffect(() => menu.close(), [pathname]);
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: !isMenuOpen } }}
      transitionDuration={0}
    >
      <SkipLink />
      <AppShell.Header bg="var(--steward-surface)">
        <Group h="100%" px="md" gap="md" wrap="nowrap">
          <Burger opened={isMenuOpen} onClick={menu.toggle} hiddenFrom="sm" size="sm" aria-label={t('app.menu')} />
          <Link to="/agent" className="plain-link">
            <Logo />
          </Link>
          <Group flex={1} justify="center" visibleFrom="sm">
            <Button
              variant="default"
              c="dimmed"
              fw={400}
              w={360}
              justify="space-between"
              leftSection={<IconSearch aria-hidden size={15} />}
              rightSection={<Keys shortcut="mod+k" />}
              styles={{ label: { flex: 1 } }}
              onClick={openPalette}
            >
              {t('palette.open')}
            </Button>
          </Group>
          <Group gap="xs" ms="auto" wrap="nowrap">
            <ActionIcon hiddenFrom="sm" size="lg" aria-label={t('palette.open')} onClick={openPalette}>
              <IconSearch aria-hidden size={18} />
            </ActionIcon>
            <Button
              leftSection={<IconPlus aria-hidden size={15} />}
              visibleFrom="sm"
              renderRoot={(props) => <Link to="/agent/tickets/new" {...props} />}
            >
              {t('nav.newTicket')}
            </Button>
            <Suspense fallback={<ActionIcon size="lg" radius="xl" aria-hidden tabIndex={-1} />}>
              <AccountMenu />
            </Suspense>
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar bg="var(--steward-surface)" aria-label={t('app.navigation')}>
        <AppShell.Section grow p="xs" style={{ overflowY: 'auto' }}>
          {nav ?? <ConsoleNav />}
        </AppShell.Section>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} h="100dvh">
        <OfflineBanner />
        <Outlet />
      </AppShell.Main>
      <ShellDialogs />
    </AppShell>
  );
}
