import { Select, SimpleGrid, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { UserView } from '@/api';
import { Panel } from '@/ui/page/Panel';
import { useDepartmentChoices } from '../hooks/use-department-choices';
import { useSiteChoices } from '../hooks/use-site-choices';
import type { UserValues } from '../model';
import { PersonSelect } from './PersonSelect';

export interface UserFieldsProps {
  form: UseFormReturnType<UserValues>;
  user: UserView;
  isReadOnly: boolean;
}

const LANGUAGES = ['en', 'de'];

/** Names, addresses, and where the person belongs. */
export function UserWhoFields({ form, user, isReadOnly }: UserFieldsProps) {
  const { t, i18n } = useTranslation(['people', 'common']);
  const departments = useDepartmentChoices();
  const sites = useSiteChoices();
  const zones = useMemo(() => Intl.supportedValuesOf('timeZone'), []);
  const languages = useMemo(() => {
    const names = new Intl.DisplayNames(i18n.language, { type: 'language' });
    const tags = user.locale && !LANGUAGES.includes(user.locale) ? [...LANGUAGES, user.locale] : LANGUAGES;
    return tags.map((tag) => ({ value: tag, label: names.of(tag) ?? tag }));
  }, [i18n.language, user.locale]);
  return (
    <Panel title={t('users.profile')}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <TextInput label={t('users.fields.first_name')} readOnly={isReadOnly} {...form.getInputProps('first_name')} />
        <TextInput label={t('users.fields.last_name')} readOnly={isReadOnly} {...form.getInputProps('last_name')} />
        <TextInput
          label={t('users.fields.email')}
          type="email"
          readOnly={isReadOnly}
          {...form.getInputProps('email')}
        />
        <TextInput label={t('users.fields.username')} readOnly={isReadOnly} {...form.getInputProps('username')} />
        <TextInput label={t('users.fields.phone')} type="tel" readOnly={isReadOnly} {...form.getInputProps('phone')} />
        <PersonSelect
          label={t('users.fields.manager_id')}
          placeholder={t('common:form.none')}
          current={user.manager}
          except={user.id}
          readOnly={isReadOnly}
          {...form.getInputProps('manager_id')}
        />
        <Select
          label={t('users.fields.department_id')}
          placeholder={t('common:form.none')}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t('common:filter.clear') }}
          nothingFoundMessage={t('common:form.nothingFound')}
          data={departments}
          readOnly={isReadOnly}
          {...form.getInputProps('department_id')}
        />
        <Select
          label={t('users.fields.site_id')}
          placeholder={t('common:form.none')}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t('common:filter.clear') }}
          nothingFoundMessage={t('common:form.nothingFound')}
          data={sites}
          readOnly={isReadOnly}
          {...form.getInputProps('site_id')}
        />
        <Select
          label={t('users.fields.time_zone')}
          placeholder={t('users.asOrganization')}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t('common:filter.clear') }}
          nothingFoundMessage={t('common:form.nothingFound')}
          data={zones}
          limit={50}
          readOnly={isReadOnly}
          {...form.getInputProps('time_zone')}
        />
        <Select
          label={t('users.fields.locale')}
          placeholder={t('users.asOrganization')}
          clearable
          clearButtonProps={{ 'aria-label': t('common:filter.clear') }}
          data={languages}
          readOnly={isReadOnly}
          {...form.getInputProps('locale')}
        />
      </SimpleGrid>
    </Panel>
  );
}
