package parley.ingest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;

@AnalyzeClasses(packages = "parley.ingest", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {
    @ArchTest
    static final ArchRule HTTP_STAYS_AT_THE_DOOR =
            noClasses()
                    .that()
                    .haveSimpleNameNotEndingWith("Resource")
                    .and()
                    .haveSimpleNameNotEndingWith("Mappers")
                    .and()
                    .haveSimpleNameNotEndingWith("Filter")
                    .and()
                    .haveNameNotMatching(".*_Subclass|.*\\$quarkus.*")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("jakarta.ws.rs..")
                    .because("what may be said does not hang on how it is sent");

    @ArchTest
    static final ArchRule ONE_CLOCK =
            noClasses()
                    .that()
                    .doNotHaveFullyQualifiedName("parley.ingest.envelope.Clock")
                    .should()
                    .callMethod(Instant.class, "now")
                    .orShould()
                    .callMethod(InstantSource.class, "system")
                    .orShould()
                    .callMethod(Clock.class, "systemUTC")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis")
                    .because("the time is a parameter: a test must be able to set it");

    @ArchTest
    static final ArchRule ONE_WAY_ONTO_THE_LOG =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("parley.ingest.log")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.apache.kafka.clients.producer..",
                            "org.apache.kafka.clients.admin..")
                    .because(
                            "whatever is on the log went through one envelope and one set of limits");

    @ArchTest
    static final ArchRule RULES_ARE_PURE =
            noClasses()
                    .that()
                    .resideInAPackage("parley.ingest.statement")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.apache.kafka..", "io.quarkus..", "io.vertx..")
                    .because("a judgement depends on the statement and the conflicts alone");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("parley.ingest.(*)..")
                    .should()
                    .beFreeOfCycles()
                    .because("a package is a step of the way, and the way has one direction");
}
