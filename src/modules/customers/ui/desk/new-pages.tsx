import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import css from '../customers.module.css'
import { ContactForm } from './contact-form.tsx'
import { CustomerForm } from './customer-form.tsx'

export function NewCustomer() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  return (
    <div className={css.page}>
      <h1>{t('customers.list.newCustomer')}</h1>
      <CustomerForm
        customer={null}
        onDone={(made) => void navigate({ to: '/customers/$id', params: { id: made.id }, replace: true })}
        onCancel={() => void navigate({ to: '/customers' })}
      />
    </div>
  )
}

export function NewContact() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  return (
    <div className={css.page}>
      <h1>{t('customers.list.newContact')}</h1>
      <ContactForm
        contact={null}
        onDone={(made) => void navigate({ to: '/contacts/$id', params: { id: made.id }, replace: true })}
        onCancel={() => void navigate({ to: '/contacts' })}
      />
    </div>
  )
}
