import { Box } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { NotificationSettings } from '@/features/notifications/public-settings';
import { IconBell, IconKey, IconKeyboard, IconPalette, IconShield, IconUser, type LucideIcon } from '@/ui/icons';
import { PageTitle } from '@/ui/page/PageTitle';
import { SECTIONS, type Section } from '../model';
import { AboutYou } from './AboutYou';
import { ApiTokens } from './ApiTokens';
import { Appearance } from './Appearance';
import classes from './profile.module.css';
import { Security } from './Security';
import { Shortcuts } from './Shortcuts';

const PARTS: Record<Section, { icon: LucideIcon; content: ComponentType<{ isPortal: boolean }> }> = {
  you: { icon: IconUser, content: AboutYou },
  security: { icon: IconShield, content: Security },
  notifications: { icon: IconBell, content: NotificationSettings },
  tokens: { icon: IconKey, content: ApiTokens },
  appearance: { icon: IconPalette, content: Appearance },
  keys: { icon: IconKeyboard, content: Shortcuts },
};

interface ProfilePageProps {
  section: Section;
  /** Where the page stands: in the portal or in the console. */
  to: '/portal/profile' | '/agent/profile';
}

/** Everything that someone sets for themselves. */
export function ProfilePage({ section, to }: ProfilePageProps) {
  const { t } = useTranslation('profile');
  const Content = PARTS[section].content;
  return (
    <Box className={classes.page} data-console={to === '/agent/profile' || undefined}>
      <PageTitle fz={to === '/agent/profile' ? 20 : 24} tabTitle={`${t(`section.${section}`)} · ${t('title')}`}>
        {t('title')}
      </PageTitle>
      <div className={classes.columns}>
        <nav aria-label={t('sections')} className={classes.nav}>
          {SECTIONS.map((each) => {
            const Icon = PARTS[each].icon;
            return (
              <Link
                key={each}
                to={to}
                search={each === 'you' ? {} : { section: each }}
                className={classes.link}
                activeOptions={{ exact: true, includeSearch: true }}
                resetScroll={false}
              >
                <Icon aria-hidden size={17} />
                {t(`section.${each}`)}
              </Link>
            );
          })}
        </nav>
        <div className={classes.content}>
          <Content isPortal={to === '/portal/profile'} />
        </div>
      </div>
    </Box>
  );
}
