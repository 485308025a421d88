import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

export const SYSTEM_ROLES = [
  'end_user',
  'agent',
  'manager',
  'admin',
  'incident_manager',
  'problem_manager',
  'change_manager',
  'asset_manager',
  'cab_member',
  'auditor',
] as const;

/** The name of a role; the roles of the system have words of their own. */
export function useRoleName() {
  const { t } = useTranslation('people');
  return useCallback(
    (role: string) => {
      const known = SYSTEM_ROLES.find((name) => name === role);
      return known ? t(`roles.${known}`) : role.replaceAll('_', ' ');
    },
    [t],
  );
}
