import { Menu, SegmentedControl, Text } from '@mantine/core';
import { Link, useLocation } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { roomsOf, useColourScheme, useMe, useSignOut } from '@/features/session/public';
import { isColorScheme } from '@/lib/color-scheme';
import { IconBook, IconHome, IconInbox, IconKeyboard, IconSignOut, IconUser } from '@/ui/icons';
import { AccountButton } from './AccountButton';
import { openHelp } from './open-help';

/** Who is signed in, the colours, the way to the other parts and out. It opens as soon as it is there. */
export function AccountDropdown() {
  const { t } = useTranslation();
  const me = useMe();
  const signOut = useSignOut();
  const { scheme, choose } = useColourScheme();
  const isPortal = useLocation({ select: ({ pathname }) => pathname.startsWith('/portal') });
  const isWorking = roomsOf(me.roles).includes('agent');
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  // It takes the place of the button that asked for it: the focus stays there when the menu closes.
  useEffect(() => {
    button.current?.focus();
    setIsOpen(true);
  }, []);
  return (
    <Menu width={260} position="bottom-end" shadow="md" opened={isOpen} onChange={setIsOpen}>
      <Menu.Target>
        <AccountButton ref={button} />
      </Menu.Target>
      <Menu.Dropdown>
        <Text size="sm" fw={600} px="sm" pt="xs">
          {me.name}
        </Text>
        <Text size="xs" c="dimmed" px="sm" pb="xs">
          {me.email}
        </Text>
        <Menu.Item
          leftSection={<IconUser aria-hidden size={16} />}
          renderRoot={(props) => <Link to={isPortal ? '/portal/profile' : '/agent/profile'} {...props} />}
        >
          {t('nav.profile')}
        </Menu.Item>
        <Menu.Divider />
        {isWorking && (
          <Menu.Item
            leftSection={<IconInbox aria-hidden size={16} />}
            renderRoot={(props) => <Link to="/agent" {...props} />}
          >
            {t('nav.console')}
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<IconHome aria-hidden size={16} />}
          renderRoot={(props) => <Link to="/portal" {...props} />}
        >
          {t('nav.portal')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconBook aria-hidden size={16} />}
          renderRoot={(props) => <Link to="/help/$page" params={{ page: 'user-guide' }} {...props} />}
        >
          {t('nav.guide')}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard aria-hidden size={16} />} onClick={openHelp}>
          {t('help.title')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t('scheme.label')}</Menu.Label>
        <SegmentedControl
          fullWidth
          mx="xs"
          mb="xs"
          aria-label={t('scheme.label')}
          value={scheme}
          onChange={(value) => isColorScheme(value) && void choose(value)}
          data={[
            { value: 'auto', label: t('scheme.auto') },
            { value: 'light', label: t('scheme.light') },
            { value: 'dark', label: t('scheme.dark') },
          ]}
        />
        <Menu.Divider />
        <Menu.Item leftSection={<IconSignOut aria-hidden size={16} />} onClick={() => void signOut()}>
          {t('nav.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
