/// Whether what deploys Parley fits Kubernetes, Kafka and PostgreSQL, and the services themselves.
@NullMarked
package parley.deploy;

import org.jspecify.annotations.NullMarked;
