import { Box, Container, Group } from '@mantine/core';
import { Link, Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { SessionGuard } from '@/features/session/public';
import { Logo } from '@/ui/page/Logo';
import { useNavigationActions } from '../hooks/use-navigation-actions';
import { AccountMenu } from './AccountMenu';
import { CommandPalette } from './CommandPalette';
import { HelpDialog } from './HelpDialog';
import { OfflineBanner } from './OfflineBanner';
import classes from './portal-shell.module.css';
import { SkipLink } from './SkipLink';

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
            <Link to="/portal" className="plain-link" aria-label={t('nav.portalHome')}>
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
              <AccountMenu />
            </Box>
          </Group>
        </Container>
      </header>
      <OfflineBanner />
      <Container component="main" id="content" tabIndex={-1} size="md" py="xl" className={classes.main}>
        <Outlet />
      </Container>
      <CommandPalette />
      <HelpDialog />
      <SessionGuard />
    </Box>
  );
}
