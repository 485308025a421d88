import { ActionIcon, Box, Container, Group } from '@mantine/core';
import { Link, Outlet } from '@tanstack/react-router';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { lazyComponent } from '@/ui/lazy/lazy-component';
import { Logo } from '@/ui/page/Logo';
import { useNavigationActions } from '../hooks/use-navigation-actions';
import { OfflineBanner } from './OfflineBanner';
import classes from './portal-shell.module.css';
import { ShellDialogs } from './ShellDialogs';
import { SkipLink } from './SkipLink';

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
            <Group component="nav" gap={4} aria-label={t('app.navigation')} wrap="nowrap">
              <Link to="/portal/requests" className={classes.link} activeProps={{ 'aria-current': 'page' }}>
                {t('nav.requests')}
              </Link>
              <Link to="/portal/report" className={classes.link} data-wide activeProps={{ 'aria-current': 'page' }}>
                {t('nav.report')}
              </Link>
            </Group>
            <Box ms="auto">
              <Suspense fallback={<ActionIcon size="lg" radius="xl" aria-hidden tabIndex={-1} />}>
                <AccountMenu />
              </Suspense>
            </Box>
          </Group>
        </Container>
      </header>
      <OfflineBanner />
      <Container component="main" id="content" tabIndex={-1} size="md" py="xl" className={classes.main}>
        <Outlet />
      </Container>
      <ShellDialogs />
    </Box>
  );
}
