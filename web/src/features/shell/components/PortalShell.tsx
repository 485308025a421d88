import { ActionIcon, Box, Container, Group } from '@mantine/core';
import { Link, Outlet } from '@tanstack/react-router';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { IconHome, IconPlus, IconStatus, IconTicket } from '@/ui/icons';
import { lazyComponent } from '@/ui/lazy/lazy-component';
import { Logo } from '@/ui/page/Logo';
import { useNavigationActions } from '../hooks/use-navigation-actions';
import { OfflineBanner } from './OfflineBanner';
import classes from './portal-shell.module.css';
import { ShellDialogs } from './ShellDialogs';
import { SkipLink } from './SkipLink';

const PAGES = [
  { to: '/portal', label: 'nav.portalHome', tab: 'nav.tab.home', icon: IconHome },
  { to: '/portal/report', label: 'nav.report', tab: 'nav.tab.report', icon: IconPlus },
  { to: '/portal/requests', label: 'nav.requests', tab: 'nav.tab.requests', icon: IconTicket },
  { to: '/portal/status', label: 'nav.status', tab: 'nav.tab.status', icon: IconStatus },
] as const;
const AccountMenu = lazyComponent(() => import('./AccountMenu').then((module) => module.AccountMenu));

/** The frame for everyone: friendlier and larger than the console, made for a phone first. */
export function PortalShell() {
  const { t } = useTranslation();
  useNavigationActions();
  return (
    <Box className={classes.frame}>
      <SkipLink />
      <header className={classes.header}>
        <Container size="md" h="100%">
          <Group h="100%" gap="lg" wrap="nowrap">
            <Link to="/portal" className="plain-link">
              <Logo />
            </Link>
            <nav className={classes.top} aria-label={t('app.navigation')}>
              {PAGES.slice(1).map((page) => (
                <Link key={page.to} to={page.to} className={classes.link} activeProps={{ 'aria-current': 'page' }}>
                  {t(page.label)}
                </Link>
              ))}
            </nav>
            <Box ms="auto">
              <Suspense fallback={<ActionIcon size="lg" radius="xl" aria-hidden tabIndex={-1} />}>
                <AccountMenu />
              </Suspense>
            </Box>
          </Group>
        </Container>
      </header>
      <OfflineBanner />
      <Container
        component="main"
        id="content"
        tabIndex={-1}
        size="md"
        py={{ base: 'md', sm: 'xl' }}
        className={classes.main}
      >
        <Outlet />
      </Container>
      <nav className={classes.bottom} aria-label={t('app.navigation')}>
        {PAGES.map(({ to, label, tab, icon: Icon }) => (
          <Link
            key={to}
            to={to}
            className={classes.tab}
            aria-label={t(label)}
            activeOptions={{ exact: to === '/portal' }}
            activeProps={{ 'aria-current': 'page' }}
          >
            <Icon aria-hidden size={22} />
            {t(tab)}
          </Link>
        ))}
      </nav>
      <ShellDialogs />
    </Box>
  );
}
