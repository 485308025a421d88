import { useTranslation } from 'react-i18next';
import type { TicketView } from '@/api';
import { fieldKind, fieldWords } from '../../custom-fields';
import type { Edit } from '../../edits';
import { useCustomFields } from '../../hooks/use-custom-fields';
import { CustomFieldEditor } from './CustomFieldEditor';
import { EditableFact } from './EditableFact';

interface CustomFactsProps {
  ticket: TicketView;
  refusal: string | null;
  onEdit: (edit: Edit, seen: TicketView) => void;
}

/** The fields that the organization added to its tickets. */
export function CustomFacts({ ticket, refusal, onEdit }: CustomFactsProps) {
  const { t } = useTranslation('tickets');
  const kind = fieldKind(ticket.kind);
  const fields = useCustomFields(kind);
  const words = { yes: t('customField.yes'), no: t('customField.no') };
  return fields.map((field) => {
    const value = ticket.custom_fields?.[field.key];
    return (
      <EditableFact
        key={field.id}
        ticket={ticket}
        label={field.label}
        value={fieldWords(field, value, words)}
        refusal={refusal}
        editor={(close, seen) => (
          <CustomFieldEditor
            field={field}
            value={seen.custom_fields?.[field.key]}
            onSave={(next, shown) => {
              close();
              onEdit({ field: 'custom_field', key: field.key, label: field.label, value: next, shown }, seen);
            }}
          />
        )}
      />
    );
  });
}
