import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { readDuplicatesSearch } from '../../../modules/customers/ui/desk/duplicates-search.ts'
import { readListSearch } from '../../../modules/customers/ui/desk/list-search.ts'
import { desk, needs } from './shells.ts'

const customers = createRoute({
  getParentRoute: () => desk,
  path: '/customers',
  beforeLoad: needs('customer.read'),
  validateSearch: readListSearch,
  component: lazyRouteComponent(
    () => import('../../../modules/customers/ui/desk/customers.tsx'),
    'Customers',
  ),
})

const contacts = createRoute({
  getParentRoute: () => desk,
  path: '/contacts',
  beforeLoad: needs('customer.read'),
  validateSearch: readListSearch,
  component: lazyRouteComponent(() => import('../../../modules/customers/ui/desk/customers.tsx'), 'Contacts'),
})

const newCustomer = createRoute({
  getParentRoute: () => desk,
  path: '/customers/new',
  beforeLoad: needs('customer.write'),
  component: lazyRouteComponent(
    () => import('../../../modules/customers/ui/desk/new-pages.tsx'),
    'NewCustomer',
  ),
})

const newContact = createRoute({
  getParentRoute: () => desk,
  path: '/contacts/new',
  beforeLoad: needs('customer.write'),
  component: lazyRouteComponent(
    () => import('../../../modules/customers/ui/desk/new-pages.tsx'),
    'NewContact',
  ),
})

const customer = createRoute({
  getParentRoute: () => desk,
  path: '/customers/$id',
  beforeLoad: needs('customer.read'),
  component: lazyRouteComponent(
    () => import('../../../modules/customers/ui/desk/customer-page.tsx'),
    'CustomerPage',
  ),
})

const contact = createRoute({
  getParentRoute: () => desk,
  path: '/contacts/$id',
  beforeLoad: needs('customer.read'),
  component: lazyRouteComponent(
    () => import('../../../modules/customers/ui/desk/contact-page.tsx'),
    'ContactPage',
  ),
})

const transfers = createRoute({
  getParentRoute: () => desk,
  path: '/transfers',
  beforeLoad: needs('customer.read'),
  component: lazyRouteComponent(
    () => import('../../../modules/customers/ui/desk/transfers.tsx'),
    'Transfers',
  ),
})

const suggestions = createRoute({
  getParentRoute: () => desk,
  path: '/suggestions',
  beforeLoad: needs('customer.read'),
  component: lazyRouteComponent(
    () => import('../../../modules/customers/ui/desk/suggestions.tsx'),
    'Suggestions',
  ),
})

const duplicates = createRoute({
  getParentRoute: () => desk,
  path: '/duplicates',
  beforeLoad: needs('customer.merge'),
  validateSearch: readDuplicatesSearch,
  component: lazyRouteComponent(
    () => import('../../../modules/customers/ui/desk/duplicates.tsx'),
    'Duplicates',
  ),
})

/** Screens of the module by shell. */
export const customerScreens = {
  desk: [customers, contacts, newCustomer, newContact, customer, contact, transfers, suggestions, duplicates],
} as const
